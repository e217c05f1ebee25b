// A server of datagrams: one socket for all clients, one event loop, and no connections. What comes is a whole datagram
// or nothing.
//
// What the kernel does: it keeps what has come until it is read, each datagram whole and by itself, and drops what finds no
// room, unsaid. What this process does: it reads one datagram after another, with its sender, and sends answers.

import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { ListenError } from './listen-error.ts'
import type { Address, Server } from './server.ts'

/** Where a datagram came from, and where one goes. */
export type Peer = Pick<RemoteInfo, 'address' | 'port'>

/** What a server does with each datagram. `answer` sends one at once, or drops it where too much waits to be sent. */
export type DatagramService = (answer: (bytes: Uint8Array, to: Peer) => void) => (bytes: Uint8Array, from: Peer) => void

/** A server of this service, not listening yet. */
export function createDatagramServer(service: DatagramService): Server {
  return new DatagramServer(service)
}

/** Bytes that may wait to be sent. What is more is dropped, as any router on the way may do. */
const MOST_WAITING = 1_048_576
/** Asked for; the kernel gives what it allows. */
const RECEIVE_BUFFER = 1_048_576
const STOPS_WITHIN_MS = 1_000

class DatagramServer implements Server {
  readonly #service: DatagramService
  #socket: Socket | undefined
  #stopped: (() => void) | undefined

  constructor(service: DatagramService) {
    this.#service = service
  }

  listen(port: number, host: string): Promise<Address> {
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER })
    const receive = this.#service((bytes, to) => this.#send(socket, bytes, to))
    socket.on('message', (bytes, from) => receive(bytes, from))
    return new Promise((resolve, reject) => {
      socket.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(host, port, error)))
      socket.bind(port, host, () => {
        // What one datagram meets on its way is nothing to the others.
        socket.removeAllListeners('error').on('error', () => {})
        this.#socket = socket
        resolve({ host, port: socket.address().port })
      })
    })
  }

  async stop({ withinMs = STOPS_WITHIN_MS } = {}): Promise<void> {
    const socket = this.#socket
    if (socket === undefined) return
    this.#socket = undefined
    socket.removeAllListeners('message')
    if (socket.getSendQueueCount() > 0) await this.#sent(withinMs)
    await new Promise<void>((resolve) => socket.close(resolve))
  }

  #send(socket: Socket, bytes: Uint8Array, to: Peer): void {
    if (this.#socket !== socket || socket.getSendQueueSize() + bytes.length > MOST_WAITING) return
    socket.send(bytes, to.port, to.address, () => {
      if (socket.getSendQueueCount() === 0) this.#stopped?.()
    })
  }

  #sent(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const deadline = setTimeout(resolve, withinMs)
      this.#stopped = () => {
        clearTimeout(deadline)
        resolve()
      }
    })
  }
}
