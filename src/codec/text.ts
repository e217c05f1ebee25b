import { isUtf8 } from 'node:buffer'
import type { Codec, Field } from './codec.ts'
import { copyOf } from './slices.ts'
import { Utf8Decoder } from './text-decoder.ts'
import { characterSize } from './utf8.ts'

/**
 * A stream of UTF-8 text without boundaries. A character that has only begun is held back. Bad kinds: `encoding` where
 * bytes can become no character, `truncated` where the stream ends inside one. `encode` throws on lone surrogates.
 */
export function textCodec(): Codec<string> {
  return {
    counts: 'bytes',
    encode: (text) => {
      if (LONE_SURROGATE.test(text)) throw new RangeError('text with a lone surrogate has no UTF-8 form')
      return new TextEncoder().encode(text)
    },
    decoder: () => new Utf8Decoder(),
    fields: charactersOf,
    withData: (bytes, data) => (isUtf8(bytes) && isUtf8(data) ? copyOf(data) : undefined),
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u

/** A field for each run of ASCII and one for each longer character, so that cuts fall inside characters. */
function charactersOf(bytes: Uint8Array): readonly Field[] {
  const fields: Field[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = endOfField(bytes, start)
    fields.push({ part: 'data', start, end })
    start = end
  }
  return fields
}

/** A character cut short reaches to the end; a byte that begins none stands alone. */
function endOfField(bytes: Uint8Array, start: number): number {
  let end = start
  while (end < bytes.length && bytes[end]! < 0x80) end++
  if (end > start) return end
  const size = characterSize(bytes, start, bytes.length)
  if (size > 0) return start + size
  return size === 0 ? bytes.length : start + 1
}
