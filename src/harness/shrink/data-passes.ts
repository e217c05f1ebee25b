// The passes that work on the bytes of one send: shorter, without some of them, plainer.

import { isUtf8 } from 'node:buffer'
import type { Codec, Field } from '../../codec/codec.ts'
import type { Case } from '../case.ts'
import { type Data, dataIn, type Run, withFewerPlain, withoutData, withPlainData } from './data.ts'
import { type Rewritten, withBytes, withScript } from './edits.ts'
import { boldRuns, powersOfTwo, smallerSizes } from './runs.ts'

/** Data cut off behind or before, messages cut short, delimiters without their first bytes. */
export function* shorterData(subject: Case, codec: Codec<unknown>): Iterable<Case> {
  yield* eachSend(subject, codec, function* (bytes, data) {
    const size = data.end - data.start
    for (const kept of smallerSizes(size)) {
      yield withoutData(codec, bytes, data, kept, size)
      yield withoutData(codec, bytes, data, 0, size - kept)
    }
    for (const whole of powersOfTwo(size)) yield withoutData(codec, bytes, data, 0, whole)
    if (data.loose) return
    for (const kept of smallerSizes(bytes.length)) {
      if (kept > 0) yield { bytes: bytes.subarray(0, kept), moved: (offset) => Math.min(offset, kept) }
    }
    const delimiter = codec.fields(bytes).find(({ part }) => part === 'delimiter')
    if (delimiter !== undefined) yield* shorterDelimiter(bytes, delimiter)
  })
}

/** A line that ends with CR and LF may do with LF. */
function* shorterDelimiter(bytes: Uint8Array, { start, end }: Pick<Field, 'start' | 'end'>): Iterable<Rewritten> {
  for (let from = end - 1; from > start; from--) {
    const gone = from - start
    yield {
      bytes: Buffer.concat([bytes.subarray(0, start), bytes.subarray(from)]),
      moved: (offset) => (offset <= start ? offset : Math.max(start, offset - gone)),
    }
  }
}

/** Data left out anywhere, and characters of many bytes that become plain ones: a length may count characters. */
export function* lessData(subject: Case, codec: Codec<unknown>): Iterable<Case> {
  yield* eachSend(subject, codec, function* (bytes, data) {
    for (const [from, to] of dataRuns(bytes, data)) yield withoutData(codec, bytes, data, from, to)
    for (const run of notAscii(bytes.subarray(data.start, data.end))) {
      for (const count of lengthsAsText(bytes.subarray(data.start + run[0], data.start + run[1]))) {
        yield withFewerPlain(codec, bytes, data, run, count)
      }
    }
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
function* dataRuns(bytes: Uint8Array, { start, end }: Data): Iterable<Run> {
  const data = bytes.subarray(start, end)
  for (const run of boldRuns(data.length)) {
    yield run
    const [from, to] = wholeCharacters(data, run)
    if (from !== run[0] || to !== run[1]) yield [from, to]
  }
}

/** Of text, whole characters from the first and up to the last that is not ASCII: all, half, a quarter, …, one. */
function* notAscii(data: Uint8Array): Iterable<Run> {
  const first = data.findIndex((byte) => byte > 0x7f)
  if (first === -1 || !isUtf8(data)) return
  const end = data.findLastIndex((byte) => byte > 0x7f) + 1
  for (const without of smallerSizes(end - first)) {
    yield wholeCharacters(data, [first, end - without])
    if (without > 0) yield wholeCharacters(data, [first + without, end])
  }
}

/** How long this is for who counts UTF-16 units, and for who counts characters; 1 at least. */
function lengthsAsText(text: Uint8Array): ReadonlySet<number> {
  const characters = Math.max(1, text.filter((byte) => !isContinuation(byte)).length)
  return new Set([characters + text.filter((byte) => byte >= 0xf0).length, characters])
}

function wholeCharacters(data: Uint8Array, [first, end]: Run): Run {
  let [from, to] = [first, end]
  while (from > 0 && isContinuation(data[from])) from -= 1
  while (to < data.length && isContinuation(data[to])) to += 1
  return [from, to]
}

/** The bytes of a UTF-8 character but its first (RFC 3629 section 3). */
function isContinuation(byte: number | undefined): boolean {
  return ((byte ?? 0) & 0xc0) === 0x80
}
