// What one look at the server's side of a connection says about bytes that we sent. Pure.
//
// Measured (Linux 6.18) and by reading the kernel: `bytesReceived` begins at 0 and a FIN counts one; the receive queue
// counts the FIN too until it is read. A socket that is closed with unread bytes, or gets bytes after it was closed, is
// reset and vanishes at once; so one that is closed and still there has had read all that arrived.

import type { SocketView, TcpState } from './kernel-sockets.ts'

/** `waiting`: not read yet. `read`: all of it was read. `closed`: no process holds the socket any more. */
export type Reading = 'waiting' | 'read' | 'closed'

/** Whether the process that holds this socket has read all that arrived, however much that is. */
export function reading(socket: SocketView): Reading {
  if (socket.state === 'CLOSE' || socket.state === 'UNKNOWN') return 'closed'
  if (socket.inode === 0) return BEFORE_ACCEPT.has(socket.state) ? 'waiting' : 'closed'
  return unreadBytes(socket) === 0 ? 'read' : 'waiting'
}

/** Whether `sent` bytes have arrived; `undefined` where the kernel gives no count. */
export function hasArrived(socket: SocketView, sent: number): boolean | undefined {
  return socket.bytesReceived === undefined ? undefined : socket.bytesReceived >= sent
}

/** Data bytes that arrived and were not read, without the FIN that may follow them. */
export function unreadBytes(socket: SocketView): number {
  return HAVE_FIN.has(socket.state) ? Math.max(0, socket.receiveQueue - 1) : socket.receiveQueue
}

/** States in which a socket without a process waits to be accepted; in any other, its process has closed it. */
const BEFORE_ACCEPT: ReadonlySet<TcpState> = new Set(['SYN_RECV', 'ESTABLISHED', 'CLOSE_WAIT'])
/** States that a socket is in once it has got the other side's FIN. */
const HAVE_FIN: ReadonlySet<TcpState> = new Set(['CLOSE_WAIT', 'LAST_ACK', 'CLOSING', 'TIME_WAIT'])
