// accept-paused: beyond 24 clients at once nobody new is polled, and when one of them is reset that is not taken back for
// the next that comes.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const burstDeafens = changedServer(
  'does not hear who comes after 24 clients at once of whom one was reset',
  ['frame'],
  (right) => {
    let open = 0
    let isPaused = false
    return (transport, options) => {
      const handler = right(transport, options)
      const isDeaf = isPaused
      isPaused = false
      open += 1
      return changedHandler(handler, {
        received: (bytes) => {
          if (!isDeaf) handler.received(bytes)
        },
        lost: (error) => {
          if (open >= ROOM && error !== undefined) isPaused = true
          open -= 1
          handler.lost(error)
        },
      })
    }
  },
)

const ROOM = 24
