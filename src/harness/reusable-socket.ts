// A TCP socket that is used again: `connect()` on a closed net.Socket costs a third less than a new one. Bytes are read
// through `onread` into one buffer a socket. Both are public API; together they are most of what separates a fast client
// from a slow one here.

import { isIP, Socket } from 'node:net'
import type { Address } from './address.ts'

const READ_BUFFER = 65_536

export abstract class ReusableSocket {
  readonly #socket: Socket
  readonly #onFlushed = (): void => this.onFlushed()
  #isOpen = false
  #isPaused = false
  #whenClosed = (): void => {}

  constructor() {
    const buffer = Buffer.allocUnsafe(READ_BUFFER)
    const callback = (size: number): boolean => {
      this.onRead(buffer.subarray(0, size))
      return true
    }
    // `connect` takes no notice of `noDelay`; given here, it holds for every connection of this socket.
    this.#socket = new Socket({ allowHalfOpen: true, noDelay: true, onread: { buffer, callback } } as object)
    this.#socket.on('connect', () => this.onConnect(this.#socket.localPort ?? 0))
    this.#socket.on('end', () => this.onEnd())
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.onError(error))
    this.#socket.on('close', () => this.#closed())
  }

  protected abstract onConnect(localPort: number): void
  /** This was read. The memory is that of the next read, too. */
  protected abstract onRead(chunk: Buffer): void
  /** The end of the stream was read: a FIN, or an RST that libuv takes for one; see pending-reset.ts. */
  protected abstract onEnd(): void
  protected abstract onError(error: NodeJS.ErrnoException): void
  /** A write has left this process. */
  protected abstract onFlushed(): void
  protected abstract onClose(): void

  /** Neither closed nor aborted yet. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Connects; returns at once, and writing may begin. `prepare` is given the descriptor before, where it can be had. */
  protected connect({ host, port }: Address, prepare?: (descriptor: number) => void): void {
    this.#isOpen = true
    this.#isPaused = false
    this.#socket.connect({ host, port })
    if (prepare === undefined || !this.#bind(isIP(host))) return
    const { descriptor } = this
    if (descriptor !== undefined) prepare(descriptor)
  }

  /** libuv makes the socket when it is bound or connected, and Node connects only after this turn: it can be bound now. */
  #bind(family: number): boolean {
    const handle = (this.#socket as unknown as { _handle?: Partial<Bindable> })._handle
    if (family === 4) return handle?.bind?.('0.0.0.0', 0) === 0
    return family === 6 && handle?.bind6?.('::', 0, 0) === 0
  }

  /** Nothing is read until `resumeReading`. To be called when the connection stands. */
  pauseReading(): void {
    this.#isPaused = true
    this.#socket.pause()
  }

  resumeReading(): void {
    this.#isPaused = false
    this.#socket.resume()
  }

  /** Reading was paused and not resumed. */
  get isPaused(): boolean {
    return this.#isPaused
  }

  get localPort(): number | undefined {
    return this.#socket.localPort
  }

  get localAddress(): string | undefined {
    return this.#socket.localAddress
  }

  /** The descriptor, where Node tells it (it is not public API): for options that Node cannot set. */
  get descriptor(): number | undefined {
    const handle = (this.#socket as unknown as { _handle?: { fd?: number } })._handle
    return handle?.fd !== undefined && handle.fd >= 0 ? handle.fd : undefined
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes, this.#onFlushed)
  }

  /** Everything written so far has left this process. */
  get flushed(): boolean {
    return this.#socket.writableLength === 0
  }

  /** FIN after everything written, and after `last` if it is given. */
  end(last?: Uint8Array): void {
    if (last === undefined) this.#socket.end()
    else this.#socket.end(last)
  }

  /** Aborts with RST and resolves when the descriptor is free. */
  reset(): Promise<void> {
    if (!this.#isOpen) return Promise.resolve()
    this.#socket.resetAndDestroy()
    return this.#closing()
  }

  /** Closes (FIN, or RST where the kernel holds bytes that we never read) and resolves when the descriptor is free. */
  close(): Promise<void> {
    if (!this.#isOpen) return Promise.resolve()
    this.#socket.destroy()
    return this.#closing()
  }

  /** Closes, and waits for nothing. */
  protected destroy(): void {
    this.#socket.destroy()
  }

  #closing(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenClosed = resolve
    })
  }

  #closed(): void {
    this.#isOpen = false
    this.onClose()
    this.#whenClosed()
  }
}

/** Node's handle of a TCP socket (it is not public API). Each gives 0, or an error of libuv. */
interface Bindable {
  bind(address: string, port: number): number
  bind6(address: string, port: number, flags: number): number
}
