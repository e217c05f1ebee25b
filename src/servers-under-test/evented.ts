// The evented style: one process, one thread, one event loop, every connection a few objects and no stack.
//
// What this process does: it waits in epoll_wait for all descriptors at once (libuv's loop), takes what is ready -
// a connection, some bytes, room to send, an end - and calls the handler of that connection, which never blocks. What
// the kernel would not take at once is held in our memory until it says that there is room. Timers are kept by the
// loop, too.
//
// What the kernel does: it finishes handshakes by itself (up to `BACKLOG` wait to be accepted), acknowledges and keeps
// what comes until it is read, closes the window towards a client that we do not read from, sends again what was
// lost, and says EOF or ECONNRESET when the client is gone. A FIN closes one direction only (`allowHalfOpen`).

import { once } from 'node:events'
import { createServer, type Server as NetServer, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { ListenError } from './listen-error.ts'
import type { Address, Server } from './server.ts'
import { serveSocket } from './socket-transport.ts'
import type { Handler, Service, ServiceOptions } from './transport.ts'

/** A server of this service on one event loop. */
export function createEventedServer(service: Service, options: ServiceOptions): Server {
  const open = new Map<Socket, Handler>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.set(socket, serveSocket(socket, service, options))
    socket.once('close', () => open.delete(socket))
  })
  return {
    listen: (port, host) => listen(server, port, host),
    stop: ({ withinMs = STOP_WITHIN_MS } = {}) => stop(server, open, withinMs),
  }
}

/** Connections that the kernel may complete before we accept them; it cuts this down to net.core.somaxconn. */
const BACKLOG = 4096

const STOP_WITHIN_MS = 1000

async function listen(server: NetServer, port: number, host: string): Promise<Address> {
  try {
    server.listen({ port, host, backlog: BACKLOG })
    await once(server, 'listening')
  } catch (error) {
    throw new ListenError(host, port, error as NodeJS.ErrnoException)
  }
  server.on('error', reportAcceptError)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address while it listens')
  return { host: address.address, port: address.port }
}

/** Out of descriptors or memory, or the client gave up first: that connection fails, the listener goes on. */
function reportAcceptError(error: NodeJS.ErrnoException): void {
  console.error(`evented server: a connection could not be accepted: ${error.message}`)
}

async function stop(server: NetServer, open: ReadonlyMap<Socket, Handler>, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // What the kernel already holds for us is read and answered first: between two immediates lies one whole poll.
  await setImmediate()
  await setImmediate()
  for (const handler of open.values()) handler.shutdown()
  const deadline = setTimeout(() => {
    for (const socket of open.keys()) socket.destroy()
  }, withinMs)
  await closed
  clearTimeout(deadline)
}
