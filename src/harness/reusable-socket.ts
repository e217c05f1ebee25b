// A TCP socket that is used again: `connect()` on a closed net.Socket costs a third less than a new one. Bytes are read
// through `onread` into one buffer a socket. Both are public API; together they are most of what separates a fast client
// from a slow one here.

import { Socket } from 'node:net'
import type { Address } from './address.ts'

const READ_BUFFER = 65_536

export abstract class ReusableSocket {
  readonly #socket: Socket
  readonly #onFlushed = (): void => this.onFlushed()
  #isOpen = false
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

  /** Connects; returns at once, and writing may begin. */
  protected connect({ host, port }: Address): void {
    this.#isOpen = true
    this.#socket.connect({ host, port })
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
