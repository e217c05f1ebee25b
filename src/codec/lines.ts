import type { Codec } from './codec.ts'
import { type DelimitedShape, delimiterCodec } from './delimiter.ts'
import { checkedLimit } from './limit.ts'
import { viewOf } from './slices.ts'

/** One line. `text` is raw bytes, without the ending; a `\r` that no `\n` follows belongs to it. */
export interface Line {
  readonly text: Uint8Array
  readonly ending: '\n' | '\r\n'
}

/**
 * Lines that end with LF or CRLF, and keep which. `limit` is the most bytes of text. Bad kinds: `oversize` as soon as no
 * ending can come in time, `truncated` where the stream ends inside a line. `encode` throws a RangeError on text that
 * holds `\n`, or that ends with `\r` before a bare `\n`: it would be read as another line.
 */
export function linesCodec({ limit = 65_536 }: { readonly limit?: number } = {}): Codec<Line> {
  return delimiterCodec([LF, CRLF], checkedLimit(limit), SHAPE)
}

const LF = Uint8Array.of(0x0a)
const CRLF = Uint8Array.of(0x0d, 0x0a)

const SHAPE: DelimitedShape<Line> = {
  frameOf: (bytes, start, dataEnd, delimiter) => ({
    text: viewOf(bytes, start, dataEnd),
    ending: delimiter === CRLF ? '\r\n' : '\n',
  }),
  partsOf: ({ text, ending }) => ({ data: text, delimiter: ending === '\r\n' ? CRLF : LF }),
}
