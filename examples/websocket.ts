// WebSocket (RFC 6455) against a server that echoes messages. A connection must begin with a handshake, so what a client says
// is a whole conversation: the handshake, some messages, a CLOSE. What comes back is read piece by piece.
//
//     npx tornwire fuzz 127.0.0.1:8080 --protocol examples/websocket.ts

import { type Codec, defineProtocol, type Item } from 'tornwire'

type Piece =
  | { readonly is: 'conversation'; readonly texts: readonly string[] }
  | { readonly is: 'handshake' }
  | { readonly is: 'frame'; readonly opcode: number; readonly payload: Uint8Array }

const HANDSHAKE = [
  ...['GET / HTTP/1.1', 'Host: x', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'],
  ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''],
].join('\r\n')
const [TEXT, CLOSE] = [1, 8]
const MASK = [0x37, 0xfa, 0x21, 0x3d]

/** Final and masked, as RFC 6455 section 5.2 wants it of a client. */
function masked(opcode: number, payload: Uint8Array): Uint8Array {
  const size = payload.length < 126 ? [0x80 | payload.length] : [0xfe, payload.length >> 8, payload.length & 0xff]
  return Uint8Array.of(0x80 | opcode, ...size, ...MASK, ...payload.map((byte, at) => byte ^ MASK[at % 4]!))
}

function encode(piece: Piece): Uint8Array {
  if (piece.is === 'handshake') return Buffer.from(HANDSHAKE)
  if (piece.is === 'frame') return masked(piece.opcode, piece.payload)
  const texts = piece.texts.map((text) => masked(TEXT, Buffer.from(text)))
  return Buffer.concat([Buffer.from(HANDSHAKE), ...texts, masked(CLOSE, Buffer.of(0x03, 0xe8))])
}

/** The frame with which these bytes begin, and how long it is; `undefined` where it is not whole. */
function frameIn(bytes: Buffer): { readonly piece: Piece; readonly length: number } | undefined {
  if (bytes.length < 4 && (bytes.length < 2 || (bytes[1]! & 0x7f) > 125)) return undefined
  const short = bytes[1]! & 0x7f
  const head = short === 126 ? 4 : 2
  const size = short === 126 ? bytes.readUInt16BE(2) : short
  const start = head + (bytes[1]! & 0x80 ? 4 : 0)
  if (bytes.length < start + size) return undefined
  const mask = start > head ? bytes.subarray(head, start) : Buffer.alloc(4)
  const payload = bytes.subarray(start, start + size).map((byte, at) => byte ^ mask[at % 4]!)
  return { piece: { is: 'frame', opcode: bytes[0]! & 0x0f, payload }, length: start + size }
}

const codec: Codec<Piece> = {
  counts: 'frames',
  encode,
  fields: (bytes) => {
    const data = Buffer.from(bytes).indexOf('\r\n\r\n') + 4
    return data < 4 ? [] : [{ part: 'header', start: 0, end: data }, ...fieldsBehind(bytes, data)]
  },
  decoder: () => {
    let held = Buffer.alloc(0)
    let greeted = false
    return {
      push: (chunk) => {
        const items: Item<Piece>[] = []
        held = Buffer.concat([held, chunk])
        const end = held.indexOf('\r\n\r\n') + 4
        if (!greeted && !beginsRight(held)) return [{ is: 'bad', kind: 'malformed', detail: 'not the handshake' }]
        if (!greeted && end < 4) return []
        if (!greeted) items.push({ is: 'frame', frame: { is: 'handshake' } })
        if (!greeted) held = held.subarray(end)
        greeted = true
        for (let next = frameIn(held); next !== undefined; next = frameIn(held)) {
          items.push({ is: 'frame', frame: next.piece })
          held = held.subarray(next.length)
        }
        return items
      },
      end: () => (held.length > 0 ? [{ is: 'bad', kind: 'truncated', detail: 'the stream ends inside a frame' }] : []),
    }
  },
}

/** Our handshake or an answer to it, as far as it has come. */
function beginsRight(bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  return [HANDSHAKE, 'HTTP/1.1 101 '].some((right) => text.startsWith(right) || right.startsWith(text))
}

function fieldsBehind(bytes: Uint8Array, from: number): ReturnType<Codec<Piece>['fields']> {
  const next = frameIn(Buffer.from(bytes.subarray(from)))
  if (next === undefined) return []
  const here = { part: 'data', start: from, end: from + next.length } as const
  return [here, ...fieldsBehind(bytes, here.end)]
}

export default defineProtocol<Piece>({
  name: 'websocket',
  codec,
  samples: [[], ['hello'], ['žluťoučký', 'kůň'], ['x'.repeat(300)]].map((texts) => ({ is: 'conversation', texts })),
  model: ({ frames, bad, ended }) => {
    const close = frames.findIndex((piece) => piece.is === 'frame' && piece.opcode === CLOSE)
    const answers = close === -1 ? frames : frames.slice(0, close + 1)
    if (close !== -1) return { answers, end: 'fin' }
    // What a server makes of anything but this, or of a client that is gone without a CLOSE, is its own affair.
    const isOff = ended || bad !== undefined || frames.some((piece) => piece.is === 'frame' && piece.opcode !== TEXT)
    return { answers, end: isOff ? 'either' : 'open', unspecified: isOff }
  },
  accepts: (expected, actual) =>
    expected.is === actual.is &&
    (expected.is !== 'frame' ||
      (actual.is === 'frame' &&
        expected.opcode === actual.opcode &&
        Buffer.compare(expected.payload, actual.payload) === 0)),
})
