import type { Codec } from './codec.ts'
import { copyOf } from './slices.ts'

/** Bytes without boundaries. There is no bad stream. */
export function rawCodec(): Codec<Uint8Array> {
  return {
    counts: 'bytes',
    encode: (bytes) => copyOf(bytes),
    decoder: () => ({
      push: (chunk) => (chunk.length === 0 ? [] : [{ is: 'frame', frame: copyOf(chunk) }]),
      end: () => [],
    }),
    fields: (bytes) => (bytes.length === 0 ? [] : [{ part: 'data', start: 0, end: bytes.length }]),
    withData: (_bytes, data) => copyOf(data),
  }
}
