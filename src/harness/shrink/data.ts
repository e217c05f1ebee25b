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
  const rest = Buffer.concat([bytes.subarray(data.start, data.start + from), bytes.subarray(data.start + to, data.end)])
  const rewritten = exchanged(codec, bytes, data, rest)
  if (rewritten === undefined || rewritten.length >= bytes.length) return undefined
  if (rewritten.length === 0 && !data.mayBeNothing) return undefined
  const behind = bytes.length - data.end
  const start = rewritten.length - behind - rest.length
  const moved = (offset: number): number => {
    if (offset < data.start) return Math.min(offset, start)
    const into = offset - data.start
    return start + (into <= from ? into : Math.max(from, into - (to - from)))
  }
  return { bytes: rewritten, moved }
}

/** The send with `from … to` of its data made plain; `undefined` where that cannot be written or changes nothing. */
export function withPlainData(
  codec: Codec<unknown>,
  bytes: Uint8Array,
  data: Data,
  from: number,
  to: number,
): Rewritten | undefined {
  const old = bytes.subarray(data.start, data.end)
  if (old.subarray(from, to).every((byte) => byte === PLAIN)) return undefined
  const rewritten = exchanged(codec, bytes, data, Uint8Array.from(old).fill(PLAIN, from, to))
  return rewritten?.length === bytes.length ? { bytes: rewritten, moved: (offset) => offset } : undefined
}

function exchanged(codec: Codec<unknown>, bytes: Uint8Array, data: Data, other: Uint8Array): Uint8Array | undefined {
  if (!data.loose) return codec.withData?.(bytes, other)
  return other
}
