// preface-short-peek: the first read must hold a whole length for the connection to be taken for one of this protocol.

import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const shortPeek = changedServer('turns connections away whose first read is short', ['frame'], (right) => {
  return (transport, options) => {
    const handler = right(transport, options)
    let isFirst = true
    return changedHandler(handler, {
      received: (bytes) => {
        if (isFirst && bytes.length < LENGTH_FIELD) handler.shutdown()
        else handler.received(bytes)
        isFirst = false
      },
    })
  }
})

const LENGTH_FIELD = 4
