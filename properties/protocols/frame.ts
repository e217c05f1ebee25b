// The frame protocol (frame-protocol.md): length, type, data, CRC-32; what each frame and each bad stream must get.

import type { Random } from 'fast-check'
import { ERROR_CODE, errorFrame, FRAME_OVERHEAD, FRAME_TYPE, type Frame, frameCodec } from '../../src/codec/frame.ts'
import { oneIn, pick } from '../../src/harness/chance.ts'
import { pickSize } from '../../src/harness/generate/sizes.ts'
import type { Heard, Protocol, Reply } from '../../src/harness/protocol.ts'
import { drawn } from './drawn.ts'
import { makePayload } from './payload.ts'

const LIMIT = 1_048_576
const codec = frameCodec({ limit: LIMIT })

const { MESSAGE, PING, PONG, STOP, ERROR } = FRAME_TYPE

/** Codes of the ERROR frame, by the codec's word for what was wrong. */
const CODES: Readonly<Record<string, number>> = {
  checksum: ERROR_CODE.CHECKSUM,
  oversize: ERROR_CODE.OVERSIZE,
  truncated: ERROR_CODE.TRUNCATED,
}

export const frame: Protocol<Frame> = {
  name: 'frame',
  about: 'length, type, data, CRC-32; echo, PING, STOP, ERROR (frame-protocol.md)',
  codec,
  frames: drawn(makeFrame),
  model: reply,
  // frame-protocol.md: no room for a length over the limit; whoever is gone is as if he had never been; about 1 MiB for who
  // does not read; the address is bound again at once.
  demands: ['any/announced', 'any/idle-cpu', 'any/hoarding', 'any/leak', 'any/restart'],
  accepts: (expected, actual) =>
    expected.type === actual.type &&
    (expected.type === ERROR ? expected.data[0] === actual.data[0] : Buffer.compare(expected.data, actual.data) === 0),
  show,
  bad: [
    { kind: 'checksum', about: 'a frame whose checksum is wrong', bytes: drawn(wrongChecksum) },
    { kind: 'oversize', about: 'a length over the limit', bytes: drawn(oversize) },
    { kind: 'unknown-type', about: 'a whole frame of a type that no client may send', bytes: drawn(unknownType) },
  ],
}

function makeFrame(chance: Random): Frame {
  if (oneIn(chance, 40)) return { type: STOP, data: makePayload(chance, chance.nextInt(0, 3)) }
  return { type: oneIn(chance, 4) ? PING : MESSAGE, data: makePayload(chance, pickSize(chance, LIMIT, FRAME_OVERHEAD)) }
}

function reply({ frames, bad, ended }: Heard<Frame>): Reply<Frame> {
  const answers: Frame[] = []
  for (const frame of frames) {
    const { type, data } = frame
    if (type === MESSAGE) answers.push(frame)
    else if (type === PING) answers.push({ type: PONG, data })
    else if (type === STOP) return { answers: [...answers, { type: STOP, data: new Uint8Array(0) }], end: 'fin' }
    else return { answers: [...answers, errorFrame(ERROR_CODE.UNKNOWN_TYPE, '')], end: 'fin' }
  }
  if (bad !== undefined) return { answers: [...answers, frameError(bad.kind)], end: 'fin' }
  return { answers, end: ended ? 'fin' : 'open' }
}

function wrongChecksum(chance: Random): Uint8Array {
  const data = makePayload(chance, mostlySmall(chance))
  return spoilt(chance, codec.encode({ type: pick(chance, [MESSAGE, PING, STOP]), data }))
}

/** One flipped bit in the type, the data or the checksum: a frame of the same length that must be refused. */
export function spoilt(chance: Random, frame: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(frame)
  const at = chance.nextInt(4, bytes.length - 1)
  bytes[at] = (bytes[at] as number) ^ (1 << chance.nextInt(0, 7))
  return bytes
}

/** The ERROR for what the codec found. */
export function frameError(kind: string): Frame {
  return errorFrame(CODES[kind] ?? 0, '')
}

/** A length over the limit, alone or with a type and some of the data behind it. */
export function oversize(chance: Random): Uint8Array {
  const bytes = Buffer.alloc(4 + pick(chance, [0, 0, 1, 9, 60]), 1)
  bytes.writeUInt32BE(pick(chance, [LIMIT + 1, 2 * LIMIT, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]))
  return bytes
}

function unknownType(chance: Random): Uint8Array {
  const type = pick(chance, [0x00, PONG, 0x05, 0x7e, ERROR, 0x80, 0xff])
  return codec.encode({ type, data: makePayload(chance, mostlySmall(chance)) })
}

/** A number of data bytes. A server may look at large frames elsewhere than at small ones. */
function mostlySmall(chance: Random): number {
  return oneIn(chance, 4) ? pickSize(chance, LIMIT, FRAME_OVERHEAD) : chance.nextInt(0, 40)
}

const NAMES: Readonly<Record<number, string>> = { [MESSAGE]: 'MESSAGE', [PING]: 'PING', [PONG]: 'PONG', [STOP]: 'STOP' }

function show({ type, data }: Frame): string {
  if (type === ERROR)
    return `ERROR ${data[0] ?? 'without a code'} ${JSON.stringify(Buffer.from(data.subarray(1, 60)).toString())}`
  const name = NAMES[type] ?? `type 0x${type.toString(16).padStart(2, '0')}`
  const start = Buffer.from(data.subarray(0, 12)).toString('hex')
  return `${name}, ${data.length} bytes${data.length === 0 ? '' : ` ${start}${data.length > 12 ? '…' : ''}`}`
}
