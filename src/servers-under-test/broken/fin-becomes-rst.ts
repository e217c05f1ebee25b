// close-with-unread-rst: the client's FIN is answered, after the answers, with RST where FIN is due.

import type { Service } from '../transport.ts'
import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const finBecomesRst = changedServer(
  'answers the end of the client with RST, not with FIN',
  ['frame', 'echo', 'lines', 'upper', 'collector', 'files'],
  resetting,
)

function resetting(service: Service): Service {
  return (transport, options) => {
    let clientEnded = false
    let abortWhenDrained = false
    const abrupt = changedTransport(transport, {
      end: () => {
        if (!clientEnded) transport.end()
        else if (transport.buffered === 0) transport.abort()
        else abortWhenDrained = true
      },
    })
    const handler = service(abrupt, options)
    return changedHandler(handler, {
      receivedEnd: () => {
        clientEnded = true
        handler.receivedEnd()
      },
      drained: () => {
        handler.drained()
        if (abortWhenDrained) transport.abort()
      },
    })
  }
}
