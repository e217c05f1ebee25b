// The one place that reaches for what Node's documentation does not speak of: the number of a socket's descriptor, and
// the switch that makes it block.

import type { Server, Socket } from 'node:net'

interface Handle {
  readonly fd: number
  setBlocking?(on: boolean): number
}

/** The number of this socket's descriptor, which stays the socket's. Throws where this Node does not tell it. */
export function descriptorOf(socket: Socket | Server): number {
  return handleOf(socket).fd
}

/** The same, of a descriptor that blocks from now on: O_NONBLOCK is taken off. */
export function blockingDescriptor(socket: Socket): number {
  const handle = handleOf(socket)
  const status = handle.setBlocking?.(true)
  if (status === 0) return handle.fd
  throw new Error(`this socket cannot be made to block (status ${status} of Node ${process.version})`)
}

function handleOf(socket: Socket | Server): Handle {
  const handle = (socket as unknown as { readonly _handle?: Partial<Handle> | null })._handle
  if (handle !== undefined && handle !== null && (handle.fd ?? -1) >= 0) return handle as Handle
  throw new Error(`Node ${process.version} does not tell the descriptor of this socket: is it open?`)
}
