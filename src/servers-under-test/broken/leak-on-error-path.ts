// error-path-leak: a client that ends inside a frame is told so, and then its connection is forgotten, not closed.

import { FRAME_TYPE } from '../../codec/frame.ts'
import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const leakOnErrorPath = changedServer('leaks connections that end inside a frame', ['frame'], (right) => {
  return (transport, options) => {
    let clientEnded = false
    let leaks = false
    const leaking = changedTransport(transport, {
      write: (bytes) => {
        leaks ||= clientEnded && bytes[4] === FRAME_TYPE.ERROR
        transport.write(bytes)
      },
      end: () => {
        if (!leaks) transport.end()
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
