// close-wait-leak: nobody closes a connection whose client has ended its side; it stays in CLOSE_WAIT for ever.

import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const neverEnds = changedServer('never ends its side when the client has', ['frame', 'echo'], (right) => {
  return (transport, options) => {
    let clientEnded = false
    const leaking = changedTransport(transport, {
      end: () => {
        if (!clientEnded) transport.end()
      },
    })
    const handler = right(leaking, options)
    return changedHandler(handler, {
      receivedEnd: () => {
        clientEnded = true
        handler.receivedEnd()
      },
    })
  }
})
