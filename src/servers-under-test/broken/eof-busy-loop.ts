// eof-busy-loop: the end of the stream behind some bytes is taken for "nothing yet": what comes next is asked for again and
// again.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const eofBusyLoop = changedServer(
  'spins when a client that has said something ends its side',
  ['echo'],
  (right) => {
    return (transport, options) => {
      const handler = right(transport, options)
      let isLost = false
      let hasSpoken = false
      const readAgain = (): void => {
        if (!isLost) setImmediate(readAgain)
      }
      return changedHandler(handler, {
        received: (bytes) => {
          hasSpoken = true
          handler.received(bytes)
        },
        receivedEnd: () => (hasSpoken ? readAgain() : handler.receivedEnd()),
        lost: (error) => {
          isLost = true
          handler.lost(error)
        },
      })
    }
  },
)
