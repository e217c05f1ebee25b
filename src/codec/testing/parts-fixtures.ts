import fc, { type Arbitrary } from 'fast-check'
import type { Codec } from '../codec.ts'
import type { PartsFrame } from '../parts-frame.ts'
import type { Meaning } from './tearing.ts'
import { bytesOf } from './tearing.ts'

/** What a stream means that is one frame of this head and this data, both in hex. */
export function part(head: string, data: string): Meaning<PartsFrame> {
  return { frame: { head: bytesOf(head), data: bytesOf(data) } }
}

/** Frames as they are read: the length field holds the length. `head` is its size in bytes. */
export function partsFrames(codec: Codec<PartsFrame>, head: number, data = anyData()): Arbitrary<PartsFrame> {
  const heads = fc.uint8Array({ minLength: head, maxLength: head })
  return fc.record({ head: heads, data }).map((frame) => {
    return { head: codec.encode(frame).slice(0, head), data: frame.data }
  })
}

/** So many bytes of zero. */
export function zeros(length: number): Uint8Array {
  return new Uint8Array(length)
}

function anyData(): Arbitrary<Uint8Array> {
  return fc.uint8Array({ maxLength: 300, size: 'max' }).map((bytes) => Uint8Array.from(bytes))
}
