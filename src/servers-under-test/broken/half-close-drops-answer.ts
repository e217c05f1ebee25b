// halfclose-drops-reply: answers are worked out later, and the client's FIN, read as "gone", throws them away.

import type { Service } from '../transport.ts'
import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'
import { PendingAnswers } from './pending-answers.ts'

export const halfCloseDropsAnswer = changedServer(
  'throws pending answers away when the client ends its side',
  ['frame', 'echo'],
  answeringLater,
)

function answeringLater(service: Service): Service {
  return (transport, options) => {
    const answers = new PendingAnswers(transport, WORK_MS)
    const later = changedTransport(transport, {
      write: (bytes) => answers.add(bytes),
      end: () => {
        answers.give()
        transport.end()
      },
    })
    const handler = service(later, options)
    return changedHandler(handler, {
      receivedEnd: () => {
        answers.forget()
        handler.receivedEnd()
      },
      lost: (error) => {
        answers.forget()
        handler.lost(error)
      },
    })
  }
}

const WORK_MS = 2
