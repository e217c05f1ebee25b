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

import { type SocketServer, socketServer } from './socket-server.ts'
import { serveSocket } from './socket-transport.ts'
import type { Service, ServiceOptions } from './transport.ts'

/** A server of this service on one event loop. */
export function createEventedServer(service: Service, options: ServiceOptions): SocketServer {
  return socketServer((socket) => serveSocket(socket, service, options))
}
