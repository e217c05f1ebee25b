// The files protocol (src/servers-under-test/protocols/files.md) as the harness knows it. What is in the directory depends
// on earlier plays, so that whether a create finds a file already is left open, and so is what a list names.

import type { Random } from 'fast-check'
import { ERROR_CODE, errorFrame, FRAME_TYPE, type Frame, frameCodec } from '../../src/codec/frame.ts'
import { oneIn, pick } from '../../src/harness/chance.ts'
import { pickSize } from '../../src/harness/generate/sizes.ts'
import { hear } from '../../src/harness/hear.ts'
import type { Heard, Protocol, Reply } from '../../src/harness/protocol.ts'
import { drawn } from './drawn.ts'
import { contents } from './files-contents.ts'
import { isName, LIST, makeName, PUT, partsOf, putFrame } from './files-frames.ts'
import { watchFiles } from './files-watch.ts'
import { frameError, oversize, spoilt } from './frame.ts'
import { makePayload } from './payload.ts'
import { servedFile } from './served.ts'

const LIMIT = 1_048_576
const codec = frameCodec({ limit: LIMIT })

/** What the server says. `EITHER` and `MUST` stand for STORED where EXISTS would be right, too, and where it would not. */
const [NAMES, STORED, EXISTS, REFUSED, EITHER, MUST] = [0x30, 0x31, 0x32, 0x33, 0xf0, 0xf1]
const [BAD_NAME, MALFORMED] = [1, 3]

export function filesIn(dir?: string): Protocol<Frame> {
  return {
    name: 'files',
    about: 'text files of one directory: list, create, append, overwrite; whole or not at all',
    codec,
    answerCodec: frameCodec({ limit: 64 * LIMIT }),
    frames: drawn(makeFrame),
    bad: [
      {
        kind: 'checksum',
        about: 'a frame whose checksum is wrong',
        bytes: drawn((chance) => spoilt(chance, bytesOf(chance))),
      },
      { kind: 'oversize', about: 'a length over the limit', bytes: drawn(tooLarge) },
      { kind: 'unknown-type', about: 'a type that no client may send', bytes: drawn(unknownType) },
      { kind: 'name', about: 'a name that is not allowed', bytes: drawn(badName) },
      { kind: 'malformed', about: 'a PUT that says no how, or too little', bytes: drawn(malformed) },
    ],
    model: reply,
    accepts,
    notInFloods: 'each LIST is answered with every name there is, each PUT changes the disk',
    show,
    properties: [contents],
    observe: async (sent) =>
      watchFiles(
        servedFile('', dir),
        sent.flatMap((bytes) => hear(codec, bytes, false).frames),
      ),
  }
}

function makeFrame(chance: Random): Frame {
  if (oneIn(chance, 12)) return { type: LIST, data: makePayload(chance, chance.nextInt(0, 3)) }
  const name = makeName(chance, pick(chance, [24, 24, 60, 200]))
  return putFrame(pick(chance, ['c', 'a', 'o']), name, makePayload(chance, pickSize(chance, LIMIT - 2 - name.length)))
}

function reply({ frames, bad, ended }: Heard<Frame>): Reply<Frame> {
  const answers: Frame[] = []
  for (const frame of frames) {
    const answer = answerTo(frame)
    answers.push(answer)
    if (answer.type === FRAME_TYPE.ERROR) return { answers, end: 'fin' }
  }
  if (bad !== undefined) return { answers: [...answers, frameError(bad.kind)], end: 'fin' }
  return { answers, end: ended ? 'fin' : 'open' }
}

function answerTo(frame: Frame): Frame {
  if (frame.type === LIST) return { type: NAMES, data: NOTHING }
  if (frame.type !== PUT) return errorFrame(ERROR_CODE.UNKNOWN_TYPE, '')
  const parts = partsOf(frame)
  if (parts === undefined) return { type: REFUSED, data: Buffer.of(MALFORMED) }
  if (!isName(parts.name)) return { type: REFUSED, data: Buffer.of(BAD_NAME) }
  return { type: parts.how === 'c' ? EITHER : MUST, data: NOTHING }
}

const NOTHING = new Uint8Array(0)

/** Also of two answers of servers, where only the type and the code count. */
function accepts(expected: Frame, actual: Frame): boolean {
  const { type, data } = actual
  if (expected.type === MUST) return type === STORED && data.length === 0
  if (isVerdict(expected.type)) return (type === STORED || type === EXISTS) && data.length === 0
  if (type !== expected.type) return false
  return type === NAMES ? isListing(data) : data[0] === expected.data[0]
}

function isVerdict(type: number): boolean {
  return type === EITHER || type === STORED || type === EXISTS
}

/** Allowed names, each with LF behind it, in the order of their bytes, once each. */
function isListing(data: Uint8Array): boolean {
  const names = Buffer.from(data).toString('latin1').split('\n')
  return (
    names.pop() === '' &&
    names.every((name, at) => isName(Buffer.from(name, 'latin1')) && (at === 0 || names[at - 1]! < name))
  )
}

function bytesOf(chance: Random): Uint8Array {
  return codec.encode(putFrame('o', makeName(chance, 24), makePayload(chance, chance.nextInt(0, 40))))
}

function tooLarge(chance: Random): Uint8Array {
  const bytes = oversize(chance)
  if (bytes.length > 5) bytes.set(makePayload(chance, bytes.length - 5), 5)
  return bytes
}

function unknownType(chance: Random): Uint8Array {
  const type = pick(chance, [0x00, FRAME_TYPE.MESSAGE, 0x1f, 0x22, STORED, FRAME_TYPE.ERROR, 0xff])
  return codec.encode({ type, data: makePayload(chance, chance.nextInt(0, 20)) })
}

function badName(chance: Random): Uint8Array {
  const good = makeName(chance, 24)
  const before = pick(chance, ['../', '../', '/proc/', 'sub/', '.', '..\\', '\0', 'a\n'])
  const name = oneIn(chance, 4) ? good.subarray(0, 20) : Buffer.concat([Buffer.from(before), good])
  return codec.encode(putFrame(pick(chance, ['c', 'a', 'o']), name, makePayload(chance, chance.nextInt(0, 20))))
}

function malformed(chance: Random): Uint8Array {
  const { type, data } = putFrame('o', makeName(chance, 24), NOTHING)
  // With so much of the name, or none of it, that no two are the same and yet not empty.
  const short = data.subarray(0, oneIn(chance, 2) ? chance.nextInt(0, 3) : chance.nextInt(16, data.length - 1))
  const otherHow = Buffer.concat([Buffer.from('x'), data.subarray(1)])
  return codec.encode({ type, data: oneIn(chance, 2) ? short : otherHow })
}

const SAID: Readonly<Record<number, string>> = {
  [LIST]: 'LIST',
  [PUT]: 'PUT',
  [NAMES]: 'NAMES',
  [STORED]: 'STORED',
  [EXISTS]: 'EXISTS',
  [EITHER]: 'STORED or EXISTS',
  [MUST]: 'STORED',
}

function show({ type, data }: Frame): string {
  if (type === REFUSED || type === FRAME_TYPE.ERROR) return `${type === REFUSED ? 'REFUSED' : 'ERROR'} ${data[0]}`
  return `${SAID[type] ?? `type 0x${type.toString(16)}`}${data.length === 0 ? '' : `, ${data.length} bytes`}`
}
