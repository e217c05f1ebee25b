// The async style: one process, one thread, one event loop as in the evented style, but the code of each connection
// reads from top to bottom: it awaits bytes, writes, awaits room (`read`, `write`, `drain`), and each wait has a limit.
//
// What this process does: each connection is an async function, of which a few objects are kept while it is suspended.
// The loop waits in epoll_wait for all descriptors at once and resumes the function whose wait is over: because bytes
// came, because there is room, because its time is up, or because the server stops. Since a function that awaits room does
// not read, a client that takes no answers is not read from.
//
// What the kernel does is what it does for the evented style.

import { converseWithin } from './channel/converse-within.ts'
import { type SocketServer, socketServer } from './socket-server.ts'
import type { Service, ServiceOptions } from './transport.ts'

/** A server of this service, an async function a connection. */
export function createAsyncServer(service: Service, options: ServiceOptions): SocketServer {
  return socketServer((socket) => {
    const stopping = new AbortController()
    // A bug in the service is no client's trouble: it ends the process, as it would in any other style.
    void converseWithin(socket, service, options, stopping.signal)
    return { shutdown: () => stopping.abort() }
  })
}
