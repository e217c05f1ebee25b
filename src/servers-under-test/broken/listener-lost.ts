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
    let work: NodeJS.Timeout | undefined
    const server: Server = createEventedServer((transport, given) => {
      const handler = service(transport, given)
      return changedHandler(handler, {
        lost: (error) => {
          handler.lost(error)
          if (error === undefined) return
          void server.stop()
          // Something else that the process does keeps it alive.
          work ??= setInterval(() => {}, 60_000)
        },
      })
    }, options)
    // It is started again for each case that is tried while shrinking: one that had to be killed would take seconds to end.
    const stop: Server['stop'] = (given) => {
      clearInterval(work)
      return server.stop(given)
    }
    return { ...server, stop }
  },
}
