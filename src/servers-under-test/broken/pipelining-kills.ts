// pipelining-kills: a request that comes while an answer is being worked on takes its place.

import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'
import { PendingAnswers } from './pending-answers.ts'

export const pipeliningKills = changedServer('gives up an answer when the next request comes', ['frame'], (right) => {
  return (transport, options) => {
    const pending = new PendingAnswers(transport, WORK_MS)
    const slow = changedTransport(transport, {
      write: (bytes) => {
        pending.forget()
        pending.add(bytes)
      },
      end: () => {
        pending.give()
        transport.end()
      },
    })
    const handler = right(slow, options)
    return changedHandler(handler, {
      lost: (error) => {
        pending.forget()
        handler.lost(error)
      },
    })
  }
})

const WORK_MS = 2
