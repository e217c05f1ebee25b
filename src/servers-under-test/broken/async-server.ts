// The style of many a server: a function for each connection that loops over what comes, with await.

import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { ListenError } from '../listen-error.ts'
import type { Server } from '../server.ts'

/** A server that calls `talk` for every connection, and does not look at what becomes of it. */
export function asyncServer(
  talk: (socket: Socket) => Promise<void>,
  { allowHalfOpen = true }: { readonly allowHalfOpen?: boolean } = {},
): Server {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen, noDelay: true }, (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    void talk(socket)
  })
  return {
    listen: async (port, host) => {
      try {
        server.listen({ port, host, backlog: 4096 })
        await once(server, 'listening')
      } catch (error) {
        throw new ListenError(host, port, error as NodeJS.ErrnoException)
      }
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('a TCP server has an address')
      return { host: address.address, port: address.port }
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
