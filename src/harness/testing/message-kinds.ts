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

/** Every kind, with small messages. */
export const messageKinds: readonly MessageKind[] = [
  rawBytes(40),
  text(30),
  lines(40),
  frames(40),
  kind(
    'varint frames, whose head is shorter before shorter data',
    declaredCodec({ framing: 'varint', flavour: 'leb128' }),
    fc.record({ head: fc.constant(new Uint8Array(0)), data: upTo(300) }),
  ),
]

export function rawBytes(most: number): MessageKind {
  return kind('raw bytes', rawCodec(), upTo(most, 1))
}

export function text(most: number): MessageKind {
  return kind('text', textCodec(), fc.string({ unit: 'binary', minLength: 1, maxLength: most, size: 'max' }))
}

export function lines(most: number): MessageKind {
  const data = upTo(most).map((bytes) => bytes.map((byte) => (byte === 10 || byte === 13 ? 46 : byte)))
  return kind('lines', linesCodec(), fc.record({ text: data, ending: fc.constantFrom('\n' as const, '\r\n' as const) }))
}

/** One checksum in ten is wrong. */
export function frames(most: number): MessageKind {
  const { name, codec, messages } = kind('frames', frameCodec(), fc.record({ type: fc.nat(255), data: upTo(most) }))
  const spoilt = fc.tuple(messages, fc.nat(9)).map(([bytes, one]) => {
    if (one > 0) return bytes
    const wrong = Uint8Array.from(bytes)
    wrong[wrong.length - 1]! ^= 1
    return wrong
  })
  return { name, codec, messages: spoilt }
}

function upTo(most: number, least = 0): Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: least, maxLength: most, size: 'max' })
}

function kind<F>(name: string, codec: Codec<F>, frames: Arbitrary<F>): MessageKind {
  return { name, codec: codec as Codec<unknown>, messages: frames.map((frame) => codec.encode(frame)) }
}
