// reset-busy-loop: a connection that was reset is not taken out of what is polled, and is always ready.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const resetBusyLoop = changedServer(
  'spins when a client has reset its connection',
  ['frame', 'echo'],
  (right) => {
    return (transport, options) => {
      const handler = right(transport, options)
      const poll = (): void => void setImmediate(poll)
      return changedHandler(handler, {
        lost: (error) => {
          handler.lost(error)
          if (error !== undefined) poll()
        },
      })
    }
  },
)
