// accept-paused: with too many clients at once it is busy until one of them says goodbye. Those that are reset say nothing.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const burstParks = changedServer('serves nobody after 24 clients at once were reset', ['frame'], (right) => {
  let open = 0
  let isOverrun = false
  return (transport, options) => {
    const handler = right(transport, options)
    open += 1
    return changedHandler(handler, {
      received: (bytes) => {
        if (!isOverrun) handler.received(bytes)
      },
      receivedEnd: () => {
        isOverrun = false
        handler.receivedEnd()
      },
      lost: (error) => {
        if (open >= ROOM && error !== undefined) isOverrun = true
        open -= 1
        handler.lost(error)
      },
    })
  }
})

const ROOM = 24
