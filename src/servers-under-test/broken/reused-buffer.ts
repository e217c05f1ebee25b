// buffer-aliasing: an answer that takes 2 ms points into the buffer that the next read is put into.

import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'
import { PendingAnswers } from './pending-answers.ts'

export const reusedBuffer = changedServer('reads into the buffer that it still answers from', ['echo'], (right) => {
  return (transport, options) => {
    const buffer = Buffer.alloc(65_536)
    const pending = new PendingAnswers(transport, WORK_MS)
    const slow = changedTransport(transport, {
      write: (bytes) => pending.add(bytes),
      end: () => {
        pending.give()
        transport.end()
      },
    })
    const handler = right(slow, options)
    return changedHandler(handler, {
      received: (bytes) => {
        buffer.set(bytes)
        handler.received(buffer.subarray(0, bytes.length))
      },
      lost: (error) => {
        pending.forget()
        handler.lost(error)
      },
    })
  }
})

const WORK_MS = 2
