// timer-not-rearmed: the idle time begins with the connection and never anew, so that who goes on speaking is cut off.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const idleFromConnect = changedServer('lets the idle time run from the connect on', ['frame'], (right) => {
  return (transport, options) => {
    const handler = right(transport, options)
    const cancel = transport.after(options.idleMs, () => handler.shutdown())
    return changedHandler(handler, {
      lost: (error) => {
        cancel()
        handler.lost(error)
      },
    })
  }
})
