import type { Codec, Field } from './codec.ts'
import { type DelimitedFrameOf, DelimiterDecoder } from './delimiter-decoder.ts'
import { Delimiters } from './delimiters.ts'
import { checkedLimit } from './limit.ts'
import type { PartsFrame } from './parts-frame.ts'
import { viewOf } from './slices.ts'

/** Data, then a delimiter, which does not belong to the data and cannot occur in it. */
export interface DelimiterDeclaration {
  readonly framing: 'delimiter'
  /** Text stands for its UTF-8 bytes. Of several, all are read, and the first is written. */
  readonly delimiter: string | Uint8Array | readonly (string | Uint8Array)[]
  /** Most bytes of data, by default 1 MiB. */
  readonly limit?: number
}

/** Frames of one's own, made of data and the delimiter that stood after it, and taken apart again. */
export interface DelimitedShape<F> {
  readonly frameOf: DelimitedFrameOf<F>
  readonly partsOf: (frame: F) => { readonly data: Uint8Array; readonly delimiter: Uint8Array }
}

/** Throws a RangeError on delimiters that hide each other; `encode` does on data that cannot be told from a delimiter. */
export function delimiterCodec<F>(
  written: readonly Uint8Array[],
  limit: number,
  { frameOf, partsOf }: DelimitedShape<F>,
): Codec<F> {
  const delimiters = new Delimiters(written, limit)
  return {
    counts: 'frames',
    encode: (frame) => {
      const { data, delimiter } = partsOf(frame)
      const bytes = delimited(delimiters, data, delimiter)
      if (bytes !== undefined) return bytes
      throw new RangeError(
        `a delimiter would be read too early in these ${data.length} bytes, or the limit is ${limit}`,
      )
    },
    decoder: () => new DelimiterDecoder(delimiters, limit, frameOf),
    fields: (bytes) => fieldsOf(delimiters, bytes),
    withData: (bytes, data) => {
      if (delimiters.endOf(bytes, 0, 0, bytes.length) !== bytes.length) return undefined
      const delimiter = delimiters.at(bytes, 0, bytes.length)
      return delimiter && delimited(delimiters, data, delimiter)
    },
  }
}

/** The declared codec: which of several delimiters ended a frame is not kept. */
export function partsDelimiterCodec({ delimiter, limit }: DelimiterDeclaration): Codec<PartsFrame> {
  const several = typeof delimiter === 'string' || delimiter instanceof Uint8Array ? [delimiter] : delimiter
  const written = several.map((one) => (typeof one === 'string' ? new TextEncoder().encode(one) : one))
  return delimiterCodec(written, checkedLimit(limit), {
    frameOf: (bytes, start, dataEnd) => ({ head: NO_HEAD, data: viewOf(bytes, start, dataEnd) }),
    partsOf: ({ head, data }) => {
      if (head.length > 0) throw new RangeError(`a delimited frame has no head, but one of ${head.length} bytes came`)
      return { data, delimiter: written[0]! }
    },
  })
}

const NO_HEAD = new Uint8Array(0)

/** `undefined` where it would not be read back as this data and this delimiter. */
function delimited(delimiters: Delimiters, data: Uint8Array, delimiter: Uint8Array): Uint8Array | undefined {
  const bytes = new Uint8Array(data.length + delimiter.length)
  bytes.set(data)
  bytes.set(delimiter, data.length)
  const end = delimiters.endOf(bytes, 0, 0, bytes.length)
  const isReadBack = end === bytes.length && delimiters.at(bytes, 0, end)?.length === delimiter.length
  return isReadBack ? bytes : undefined
}

function fieldsOf(delimiters: Delimiters, bytes: Uint8Array): readonly Field[] {
  const end = delimiters.endOf(bytes, 0, 0, bytes.length)
  const dataEnd = end > 0 ? end - delimiters.at(bytes, 0, end)!.length : bytes.length
  const fields: readonly Field[] = [
    { part: 'data', start: 0, end: dataEnd },
    { part: 'delimiter', start: dataEnd, end: end > 0 ? end : bytes.length },
  ]
  return fields.filter((field) => field.start < field.end)
}
