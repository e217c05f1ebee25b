// restart-bind-fails: the address is not to be had while connections that the server has ended wait in TIME-WAIT.

import { readFileSync } from 'node:fs'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { ListenError } from '../listen-error.ts'
import { loadService } from '../load-service.ts'

export const noReuse: CatalogueEntry = {
  about: 'cannot be started again while connections of before wait for their end',
  protocols: ['echo'],
  create: async (protocol, options) => {
    const server = createEventedServer(await loadService(protocol), options)
    return {
      ...server,
      listen: async (port, host) => {
        // Node always asks for SO_REUSEADDR; this is what the kernel does without it.
        if (hasLeftovers(port))
          throw new ListenError(host, port, Object.assign(new Error(IN_USE), { code: 'EADDRINUSE' }))
        return server.listen(port, host)
      },
    }
  },
}

const IN_USE = 'listen EADDRINUSE: address already in use'

/** The state in /proc/net/tcp (the kernel's tcp_states.h) that no connection is in. */
const LISTEN = '0A'

/** Whether any connection, over or not, has this port on our side. */
function hasLeftovers(port: number): boolean {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = readFileSync('/proc/net/tcp', 'latin1').split('\n').slice(1)
  return rows.some((row) => {
    const [, local = '', , state] = row.trim().split(/\s+/)
    return local.endsWith(wanted) && state !== LISTEN
  })
}
