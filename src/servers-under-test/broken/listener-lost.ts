// accept-error-fatal: the error of one connection is taken for one of the listener, which is closed; the process lives on.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { loadService } from '../load-service.ts'
import type { Server } from '../server.ts'
import { changedHandler } from './changed.ts'

export const listenerLost: CatalogueEntry = {
  about: 'accepts nobody any more after a reset',
  protocols: ['frame'],
  create: async (protocol, options) => {
    const service = await loadService(protocol)
    const server: Server = createEventedServer((transport, given) => {
      const handler = service(transport, given)
      return changedHandler(handler, {
        lost: (error) => {
          handler.lost(error)
          if (error !== undefined) giveUp(server)
        },
      })
    }, options)
    return server
  },
}

function giveUp(server: Server): void {
  void server.stop()
  // Something else that the process does keeps it alive.
  setInterval(() => {}, 60_000)
}
