// write-after-disconnect: an answer takes 2 ms, and to give it to a connection that is gone by then ends the process.

import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const writeAfterDisconnect = changedServer('dies when it answers a client that is gone', ['frame'], (right) => {
  return (transport, options) => {
    let isLost = false
    const later = (act: () => void): void => void transport.after(WORK_MS, act)
    const slow = changedTransport(transport, {
      write: (bytes) =>
        later(() => {
          if (isLost) throw new Error('write after the connection was lost')
          transport.write(bytes)
        }),
      end: () => later(() => transport.end()),
    })
    const handler = right(slow, options)
    return changedHandler(handler, {
      lost: (error) => {
        isLost = true
        handler.lost(error)
      },
    })
  }
})

const WORK_MS = 2
