// connection-table-full: there is room for 48 connections, and whoever comes next is reset.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const connectionTableFull = changedServer('resets the 49th connection at a time', ['frame'], (right) => {
  let open = 0
  return (transport, options) => {
    open += 1
    if (open > ROOM) transport.abort()
    const handler = right(transport, options)
    return changedHandler(handler, {
      lost: (error) => {
        open -= 1
        handler.lost(error)
      },
    })
  }
})

const ROOM = 48
