import type { Decoder, Item } from '../../codec/codec.ts'
import { FRAME_OVERHEAD, type Frame } from '../../codec/frame.ts'
import { DEFAULT_LIMIT } from '../../codec/limit.ts'
import { frameDecoder } from '../protocols/frame.ts'
import type { ServiceOptions } from '../transport.ts'

/** A decoder to which frames are good, whatever their checksum, that `forgives`: it is given all bytes of one. */
export function forgivingDecoder(options: ServiceOptions, forgives: (frame: Buffer) => boolean): Decoder<Frame> {
  const { limit = DEFAULT_LIMIT } = options
  let rest = Buffer.alloc(0)
  const judge = (bytes: Uint8Array): Item<Frame>[] => frameDecoder(options).push(bytes)
  return {
    push: (chunk) => {
      rest = Buffer.concat([rest, chunk])
      const items: Item<Frame>[] = []
      while (rest.length >= 4) {
        const size = rest.readUInt32BE(0)
        if (size > limit) return [...items, ...judge(rest)]
        if (rest.length < size + FRAME_OVERHEAD) break
        const frame = rest.subarray(0, size + FRAME_OVERHEAD)
        if (!forgives(frame)) items.push(...judge(frame))
        else items.push({ is: 'frame', frame: { type: frame[4]!, data: frame.subarray(5, 5 + size) } })
        if (items.at(-1)?.is === 'bad') return items
        rest = rest.subarray(frame.length)
      }
      return items
    },
    end: () => {
      const decoder = frameDecoder(options)
      decoder.push(rest)
      return decoder.end()
    },
  }
}
