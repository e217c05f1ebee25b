// short-read-heuristic: a read that fills its buffer is taken to mean that more will follow, and nothing is answered yet.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const shortReadHeuristic = changedServer('waits for more after reads of whole pages', ['echo'], (right) => {
  return (transport, options) => {
    const handler = right(transport, options)
    let held = Buffer.alloc(0)
    const give = (): void => {
      if (held.length > 0) handler.received(held)
      held = Buffer.alloc(0)
    }
    return changedHandler(handler, {
      received: (bytes) => {
        held = Buffer.concat([held, bytes])
        if (bytes.length % PAGE !== 0) give()
      },
      receivedEnd: () => {
        give()
        handler.receivedEnd()
      },
    })
  }
})

const PAGE = 4096
