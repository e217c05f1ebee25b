// reset-unhandled-rejection: the loop over what comes rejects when the client resets, and nobody waits for the loop.

import type { Socket } from 'node:net'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { asyncServer } from './async-server.ts'

export const asyncUnhandledReset: CatalogueEntry = {
  about: 'dies when a client resets its connection (for await)',
  protocols: ['echo'],
  create: () => asyncServer(echo),
}

async function echo(socket: Socket): Promise<void> {
  for await (const bytes of socket) socket.write(bytes)
  socket.end()
}
