import type { Decoder, Item } from '../../codec/codec.ts'
import { FRAME_OVERHEAD, type Frame } from '../../codec/frame.ts'
import { DEFAULT_LIMIT } from '../../codec/limit.ts'
import { frameDecoder } from '../protocols/frame.ts'
import type { ServiceOptions } from '../transport.ts'
import { HeldBytes } from './held-bytes.ts'

/** A decoder to which frames are good, whatever their checksum, that `forgives`: it is given all bytes of one. */
export function forgivingDecoder(options: ServiceOptions, forgives: (frame: Buffer) => boolean): Decoder<Frame> {
  const { limit = DEFAULT_LIMIT } = options
  const held = new HeldBytes()
  const judge = (bytes: Uint8Array): Item<Frame>[] => frameDecoder(options).push(bytes)
  return {
    push: (chunk) => {
      held.add(chunk)
      const items: Item<Frame>[] = []
      while (held.length >= 4) {
        const size = held.first(4).readUInt32BE(0)
        if (size > limit) return [...items, ...judge(held.first(held.length))]
        if (held.length < size + FRAME_OVERHEAD) break
        const frame = held.first(size + FRAME_OVERHEAD)
        if (!forgives(frame)) items.push(...judge(frame))
        else items.push({ is: 'frame', frame: { type: frame[4]!, data: frame.subarray(5, 5 + size) } })
        if (items.at(-1)?.is === 'bad') return items
        held.drop(frame.length)
      }
      return items
    },
    end: () => {
      const decoder = frameDecoder(options)
      decoder.push(held.first(held.length))
      return decoder.end()
    },
  }
}
