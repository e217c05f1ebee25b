// The passes that work on the bytes of one send: shorter, without some of them, plainer.

import type { Codec } from '../../codec/codec.ts'
import type { Case } from '../case.ts'
import { type Data, dataIn, withoutData, withPlainData } from './data.ts'
import { type Rewritten, withBytes, withScript } from './edits.ts'
import { boldRuns, smallerSizes } from './runs.ts'

/** Data cut off behind or before, messages cut short. */
export function* shorterData(subject: Case, codec: Codec<unknown>): Iterable<Case> {
  yield* eachSend(subject, codec, function* (bytes, data) {
    const size = data.end - data.start
    for (const kept of smallerSizes(size)) {
      yield withoutData(codec, bytes, data, kept, size)
      yield withoutData(codec, bytes, data, 0, size - kept)
    }
    if (data.loose) return
    for (const kept of smallerSizes(bytes.length)) {
      if (kept > 0) yield { bytes: bytes.subarray(0, kept), moved: (offset) => Math.min(offset, kept) }
    }
  })
}

/** Data left out anywhere. */
export function* lessData(subject: Case, codec: Codec<unknown>): Iterable<Case> {
  yield* eachSend(subject, codec, function* (bytes, data) {
    for (const [from, to] of dataRuns(bytes, data)) yield withoutData(codec, bytes, data, from, to)
  })
}

/** Data that is nothing but `a`. */
export function* plainerData(subject: Case, codec: Codec<unknown>): Iterable<Case> {
  yield* eachSend(subject, codec, function* (bytes, data) {
    for (const [from, to] of dataRuns(bytes, data)) yield withPlainData(codec, bytes, data, from, to)
  })
}

function* eachSend(
  subject: Case,
  codec: Codec<unknown>,
  rewrite: (bytes: Uint8Array, data: Data) => Iterable<Rewritten | undefined>,
): Iterable<Case> {
  for (const [on, script] of subject.connections.entries()) {
    for (const [at, step] of script.steps.entries()) {
      if (!('bytes' in step)) continue
      const data = { ...dataIn(codec, step.bytes), mayBeNothing: step.do !== 'send' }
      for (const rewritten of rewrite(step.bytes, data)) {
        if (rewritten !== undefined) yield withScript(subject, on, withBytes(script, at, rewritten))
      }
    }
  }
}

/** Each run as it is, and as whole UTF-8 characters: half of one often cannot be left out. */
function* dataRuns(bytes: Uint8Array, { start, end }: Data): Iterable<[from: number, to: number]> {
  const data = bytes.subarray(start, end)
  const continues = (at: number): boolean => ((data[at] ?? 0) & 0xc0) === 0x80
  for (const run of boldRuns(data.length)) {
    yield run
    let [from, to] = run
    while (from > 0 && continues(from)) from -= 1
    while (to < data.length && continues(to)) to += 1
    if (from !== run[0] || to !== run[1]) yield [from, to]
  }
}
