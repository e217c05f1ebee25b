// zero-length-stall: a frame without data that ends a read is answered only when more bytes come.

import type { Item } from '../../codec/codec.ts'
import type { Frame } from '../../codec/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const stallZeroLength = frameServerWith('answers an empty frame only when more bytes come', (right) => {
  let stalled: Item<Frame>[] = []
  return {
    push: (chunk) => {
      const items = [...stalled, ...right.push(chunk)]
      const last = items.at(-1)
      stalled = last?.is === 'frame' && last.frame.data.length === 0 ? [last] : []
      return items.slice(0, items.length - stalled.length)
    },
    end: () => [...stalled, ...right.end()],
  }
})
