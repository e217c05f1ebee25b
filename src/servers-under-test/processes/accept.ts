// accept(2) as blocking code knows it: one connection, when it is wanted.
//
// Node's listeners take every connection that there is, whether anybody has time for it or not. So one is made for each
// accept, and closed with the first connection. It must not close the descriptor, which the whole process accepts from:
// that is why the listening socket is descriptor 0, which libuv never closes (its numbers up to 2 are the process's
// own). inetd hands its sockets over in the same way.

import { createServer, type Socket } from 'node:net'
import { BACKLOG, reportAcceptError } from '../socket-server.ts'

/** The number of the descriptor that every accept is made on. */
export const LISTENER = 0

/** Waits for the next connection, from which nothing is read yet; `undefined` when told to stop. Rejects where nothing listens. */
export function acceptNext(stopping: AbortSignal): Promise<Socket | undefined> {
  if (stopping.aborted) return Promise.resolve(undefined)
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true })
    const stop = () => take(undefined)
    const take = (socket: Socket | undefined) => {
      stopping.removeEventListener('abort', stop)
      server.close()
      resolve(socket)
    }
    server.once('connection', take)
    // Until it listens, an error says that this descriptor is no listening socket; afterwards, that one accept failed.
    server.once('error', reject)
    server.once('listening', () => server.off('error', reject).on('error', reportAcceptError))
    stopping.addEventListener('abort', stop)
    server.listen({ fd: LISTENER }, BACKLOG)
  })
}
