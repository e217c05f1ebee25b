import type { Item } from '../../codec/codec.ts'
import { FRAME_OVERHEAD, type Frame } from '../../codec/frame.ts'

/** How many bytes of the stream these frames took. */
export function frameBytes(items: readonly Item<Frame>[]): number {
  return items.reduce((sum, item) => (item.is === 'frame' ? sum + FRAME_OVERHEAD + item.frame.data.length : sum), 0)
}
