// ring-wrap: what crosses the end of the ring buffer of 1,024 bytes loses the first byte that lies behind it.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const ringWrap = changedServer(
  'loses a byte where a read crosses the end of its ring buffer',
  ['echo'],
  (right) => {
    return (transport, options) => {
      const handler = right(transport, options)
      let at = 0
      return changedHandler(handler, {
        received: (bytes) => {
          const room = RING - at
          at = (at + bytes.length) % RING
          if (bytes.length <= room) return handler.received(bytes)
          handler.received(Buffer.concat([bytes.subarray(0, room), bytes.subarray(room + 1)]))
        },
      })
    }
  },
)

const RING = 1024
