// half-open-never-reaped: the idle time begins with what a client says, so that who says nothing stays for ever.

import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const neverReaps = changedServer('never gives up a client that has said nothing', ['frame'], (right) => {
  return (transport, options) => {
    let hasSpoken = false
    const patient = changedTransport(transport, {
      after: (ms, action) => (hasSpoken ? transport.after(ms, action) : () => {}),
    })
    const handler = right(patient, options)
    return changedHandler(handler, {
      received: (bytes) => {
        hasSpoken = true
        handler.received(bytes)
      },
    })
  }
})
