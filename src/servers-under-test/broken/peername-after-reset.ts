// peername-after-reset: who has connected is looked up a moment later, and a client that is gone by then has no address.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const peernameAfterReset = changedServer('dies of a client that resets at once', ['frame'], (right) => {
  return (transport, options) => {
    const handler = right(transport, options)
    let isReset = false
    transport.after(LOOKED_UP_MS, () => {
      if (isReset) throw new TypeError('getpeername: the transport endpoint is not connected')
    })
    return changedHandler(handler, {
      lost: (error) => {
        isReset = error !== undefined
        handler.lost(error)
      },
    })
  }
})

const LOOKED_UP_MS = 5
