import type { Socket } from 'node:net'
import { reportTrouble } from './client-gone.ts'
import type { Cancel, Handler, Service, ServiceOptions, Transport } from './transport.ts'

/** Runs a service on a socket of Node's until the connection is gone; its errors end this connection only. */
export function serveSocket(socket: Socket, service: Service, options: ServiceOptions): Handler {
  const transport = new SocketTransport(socket)
  const handler = service(transport, options)
  transport.onDrained = () => handler.drained()
  let error: Error | undefined
  socket.on('data', (bytes: Uint8Array) => handler.received(bytes))
  socket.on('end', () => handler.receivedEnd())
  socket.on('error', (cause: NodeJS.ErrnoException) => {
    error = cause
    reportTrouble(cause)
  })
  socket.on('close', () => handler.lost(error))
  return handler
}

class SocketTransport implements Transport {
  onDrained: () => void = () => {}
  readonly #socket: Socket
  #held = false

  constructor(socket: Socket) {
    this.#socket = socket
  }

  get buffered(): number {
    return this.#socket.writableLength
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes, this.#written)
    // Node tries the system call within `write`: what is left now is what the kernel had no room for.
    if (this.buffered > 0) this.#held = true
  }

  end(): void {
    this.#socket.end()
  }

  close(): void {
    this.#socket.destroy()
  }

  abort(): void {
    this.#socket.resetAndDestroy()
  }

  pauseReading(): void {
    this.#socket.pause()
  }

  resumeReading(): void {
    this.#socket.resume()
  }

  after(ms: number, action: () => void): Cancel {
    const timer = setTimeout(action, ms)
    return () => clearTimeout(timer)
  }

  /** Node's own `drain` comes only after its high-water mark was passed, which is too seldom to know that all is out. */
  readonly #written = (error?: Error | null): void => {
    if (error || !this.#held || this.buffered > 0) return
    this.#held = false
    this.onDrained()
  }
}
