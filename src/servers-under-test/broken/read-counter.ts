// ring-wrap: the ring is a counter. Reads are counted in one byte, and 0 is taken for "nothing was read".

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const readCounter = changedServer('loses what read number 256 of a connection brings', ['frame'], (right) => {
  return (transport, options) => {
    const handler = right(transport, options)
    const reads = new Uint8Array(1)
    return changedHandler(handler, {
      received: (bytes) => {
        reads[0]! += 1
        if (reads[0] !== 0) handler.received(bytes)
      },
    })
  }
})
