import { once } from 'node:events'
import { createServer, type Server as NetServer, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { ListenError } from './listen-error.ts'
import type { Address, Server } from './server.ts'

/** What is told to one connection from outside: that the server stops. */
export interface Served {
  shutdown(): void
}

/** A server on the event loop of this thread. */
export interface SocketServer extends Server {
  /** Accepts from a socket that listens already, beside all others that do. */
  listenOn(descriptor: number): Promise<Address>
}

/** A server that accepts whatever comes, and lets `begin` serve each connection. */
export function socketServer(begin: (socket: Socket) => Served): SocketServer {
  const open = new Map<Socket, Served>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.set(socket, begin(socket))
    socket.once('close', () => open.delete(socket))
  })
  return {
    listen: async (port, host) => {
      try {
        return await listen(server, () => server.listen({ port, host, backlog: BACKLOG }))
      } catch (error) {
        throw new ListenError(host, port, error as NodeJS.ErrnoException)
      }
    },
    listenOn: (descriptor) => listen(server, () => server.listen({ fd: descriptor }, BACKLOG)),
    stop: ({ withinMs = STOP_WITHIN_MS } = {}) => stop(server, open, withinMs),
  }
}

/** Connections that the kernel may complete before we accept them; it cuts this down to net.core.somaxconn. */
export const BACKLOG = 4096

/** Milliseconds from a stop until what is still open is closed by force, where nothing else is said. */
export const STOP_WITHIN_MS = 1000

async function listen(server: NetServer, begin: () => void): Promise<Address> {
  begin()
  await once(server, 'listening')
  server.on('error', reportAcceptError)
  return addressOf(server)
}

/** Where it listens. */
export function addressOf(server: NetServer): Address {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address while it listens')
  return { host: address.address, port: address.port }
}

/** Out of descriptors or memory, or the client gave up first: that connection fails, the listener goes on. */
export function reportAcceptError(error: NodeJS.ErrnoException): void {
  console.error(`server under test: a connection could not be accepted: ${error.message}`)
}

async function stop(server: NetServer, open: ReadonlyMap<Socket, Served>, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // What the kernel already holds for us is read and answered first: between two immediates lies one whole poll.
  await setImmediate()
  await setImmediate()
  for (const served of open.values()) served.shutdown()
  const deadline = setTimeout(() => {
    for (const socket of open.keys()) socket.destroy()
  }, withinMs)
  await closed
  clearTimeout(deadline)
}
