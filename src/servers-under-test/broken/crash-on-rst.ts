// reset-uncaught: nobody handles the error of a connection, so that one RST ends the process and every other connection.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { SERVICES } from '../services.ts'
import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'

export const crashOnRst: CatalogueEntry = {
  about: 'dies when a client resets its connection',
  protocols: ['frame', 'echo', 'lines', 'upper', 'collector', 'files'],
  create: (protocol, options) => createEventedServer(unguarded(SERVICES[protocol]), options),
}

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
