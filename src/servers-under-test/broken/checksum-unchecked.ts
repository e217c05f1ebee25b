// checksum-range: the checksum of a frame is skipped, not checked, so that corrupted data is echoed as if it were good.

import type { Item } from '../../codec/codec.ts'
import { FRAME_OVERHEAD, type Frame } from '../../codec/frame.ts'
import { DEFAULT_LIMIT } from '../../codec/limit.ts'
import { frameServerWith } from './frame-server.ts'

export const checksumUnchecked = frameServerWith('never looks at checksums', (right, { limit = DEFAULT_LIMIT }) => {
  let rest = Buffer.alloc(0)
  return {
    push: (chunk) => {
      rest = Buffer.concat([rest, chunk])
      const items: Item<Frame>[] = []
      while (rest.length >= 4) {
        const size = rest.readUInt32BE(0)
        if (size > limit) return [...items, ...right.push(rest)]
        if (rest.length < size + FRAME_OVERHEAD) break
        items.push({ is: 'frame', frame: { type: rest[4]!, data: rest.subarray(5, 5 + size) } })
        rest = rest.subarray(size + FRAME_OVERHEAD)
      }
      return items
    },
    end: () => [...right.push(rest), ...right.end()],
  }
})
