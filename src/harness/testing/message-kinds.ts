import fc, { type Arbitrary } from 'fast-check'
import type { Codec } from '../../codec/codec.ts'
import { frameCodec } from '../../codec/frame.ts'
import { linesCodec } from '../../codec/lines.ts'
import { declaredCodec } from '../../codec/parts.ts'
import { rawCodec } from '../../codec/raw.ts'
import { textCodec } from '../../codec/text.ts'

/** A codec and messages of it: each way in which data can stand in its bytes. */
export interface MessageKind {
  readonly name: string
  readonly codec: Codec<unknown>
  readonly messages: Arbitrary<Uint8Array>
}

export const messageKinds: readonly MessageKind[] = [
  kind('raw bytes', rawCodec(), fc.uint8Array({ minLength: 1, maxLength: 40 })),
  kind('text', textCodec(), fc.string({ unit: 'binary', minLength: 1, maxLength: 30 })),
  kind(
    'lines',
    linesCodec(),
    fc.record({
      text: fc
        .uint8Array({ maxLength: 40 })
        .map((text) => text.map((byte) => (byte === 10 || byte === 13 ? 46 : byte))),
      ending: fc.constantFrom('\n' as const, '\r\n' as const),
    }),
  ),
  kind('frames', frameCodec(), fc.record({ type: fc.nat(255), data: fc.uint8Array({ maxLength: 40 }) })),
  kind(
    'varint frames, whose head is shorter before shorter data',
    declaredCodec({ framing: 'varint', flavour: 'leb128' }),
    fc.record({ head: fc.constant(new Uint8Array(0)), data: fc.uint8Array({ maxLength: 300, size: 'max' }) }),
  ),
]

function kind<F>(name: string, codec: Codec<F>, frames: Arbitrary<F>): MessageKind {
  return { name, codec: codec as Codec<unknown>, messages: frames.map((frame) => codec.encode(frame)) }
}
