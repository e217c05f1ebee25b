import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Address } from '../address.ts'

/** Asked for; the kernel gives what it allows. */
const RECEIVE_BUFFER = 1_048_576

/** What a client socket is told of. */
export interface Listener {
  onReceived(bytes: Uint8Array): void
  onFailed(error: NodeJS.ErrnoException): void
}

/**
 * A socket with a port of its own, connected to the server: the kernel then gives it only what comes from there, and tells
 * that nobody is there (ICMP port unreachable) as ECONNREFUSED. Resolves to the error where none can be had.
 */
export function openSocket({ host, port }: Address, listener: Listener): Promise<Socket | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER })
    const failed = (error: NodeJS.ErrnoException): void => {
      socket.close()
      resolve(error)
    }
    socket.once('error', failed)
    socket.connect(port, host, () => {
      socket.off('error', failed)
      socket.on('error', (error) => listener.onFailed(error))
      socket.on('message', (bytes) => listener.onReceived(bytes))
      resolve(socket)
    })
  })
}
