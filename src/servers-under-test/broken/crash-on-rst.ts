// reset-uncaught: nobody handles the error of a connection, so that one RST ends the process and every other connection.

import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const crashOnRst = changedServer(
  'dies when a client resets its connection',
  ['frame', 'echo', 'lines', 'upper', 'collector', 'files'],
  unguarded,
)

/** Thrown out of an event handler, an error ends a Node process just as an `error` event without a listener does. */
function unguarded(service: Service): Service {
  return (transport, options) => {
    const handler = service(transport, options)
    return changedHandler(handler, {
      lost: (error) => {
        if (error !== undefined) throw error
        handler.lost()
      },
    })
  }
}
