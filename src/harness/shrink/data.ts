// The data inside the bytes of one send, and what the send becomes when some of it goes or is made plain: a length, a
// checksum (a wrong one too) and a delimiter around it are put right by the codec.

import type { Codec } from '../../codec/codec.ts'
import type { Rewritten } from './edits.ts'

/** What bytes are made of when nothing depends on them: an `a`. */
export const PLAIN = 0x61

/** Where the data lies. `loose`: the codec can exchange nothing in these bytes, so that they count as data as a whole. */
export interface Data {
  readonly start: number
  readonly end: number
  readonly loose: boolean
  /** What is left may have no bytes at all: a datagram of nothing is one. */
  readonly mayBeNothing?: boolean
}

/** Where the data lies in the bytes of one send. */
export function dataIn(codec: Codec<unknown>, bytes: Uint8Array): Data {
  if (codec.withData?.(bytes, new Uint8Array(0)) === undefined) return { start: 0, end: bytes.length, loose: true }
  const fields = codec.fields(bytes).filter(({ part }) => part === 'data')
  return { start: fields[0]?.start ?? 0, end: fields.at(-1)?.end ?? 0, loose: false }
}

/**
 * The send without `from … to` of its data; `undefined` where it cannot be written, would be no shorter, or would be
 * nothing and may not be (to leave the whole send out is another pass).
 */
export function withoutData(
  codec: Codec<unknown>,
  bytes: Uint8Array,
  data: Data,
  from: number,
  to: number,
): Rewritten | undefined {
  const rewritten = withOther(codec, bytes, data, [from, to], new Uint8Array(0))
  if (rewritten === undefined || rewritten.bytes.length >= bytes.length) return undefined
  return rewritten.bytes.length === 0 && !data.mayBeNothing ? undefined : rewritten
}

/** The send with `from … to` of its data made plain; `undefined` where that cannot be written or changes nothing. */
export function withPlainData(
  codec: Codec<unknown>,
  bytes: Uint8Array,
  data: Data,
  from: number,
  to: number,
): Rewritten | undefined {
  const old = bytes.subarray(data.start + from, data.start + to)
  if (old.every((byte) => byte === PLAIN)) return undefined
  const rewritten = withOther(codec, bytes, data, [from, to], new Uint8Array(to - from).fill(PLAIN))
  return rewritten?.bytes.length === bytes.length ? rewritten : undefined
}

/** The send with `count` plain bytes in place of `from … to` of its data; `undefined` where it would be no shorter. */
export function withFewerPlain(
  codec: Codec<unknown>,
  bytes: Uint8Array,
  data: Data,
  [from, to]: Run,
  count: number,
): Rewritten | undefined {
  const rewritten = withOther(codec, bytes, data, [from, to], new Uint8Array(count).fill(PLAIN))
  return rewritten !== undefined && rewritten.bytes.length < bytes.length ? rewritten : undefined
}

/** Some of the data: from the first offset (included) to the second (not included), counted from where the data begins. */
export type Run = readonly [from: number, to: number]

function withOther(
  codec: Codec<unknown>,
  bytes: Uint8Array,
  data: Data,
  [from, to]: Run,
  other: Uint8Array,
): Rewritten | undefined {
  const old = bytes.subarray(data.start, data.end)
  const whole = Buffer.concat([old.subarray(0, from), other, old.subarray(to)])
  const rewritten = data.loose ? whole : codec.withData?.(bytes, whole)
  if (rewritten === undefined) return undefined
  const behind = bytes.length - data.end
  const start = rewritten.length - behind - whole.length
  const moved = (offset: number): number => {
    if (offset < data.start) return Math.min(offset, start)
    const into = offset - data.start
    if (into >= to) return start + into - (to - from) + other.length
    return start + (into <= from ? into : Math.min(into, from + other.length))
  }
  return { bytes: rewritten, moved }
}
