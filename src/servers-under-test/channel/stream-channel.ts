// A channel whose waits can be interrupted, and so have a limit. No system call reads "within two seconds": one waits
// first until there is something, or time is up (poll, select, here epoll_wait), and reads then, which does not block any
// more. Python's settimeout and Java's setSoTimeout do the same inside.

import { once } from 'node:events'
import type { Socket } from 'node:net'
import { reportTrouble } from '../client-gone.ts'
import type { Channel, Got, Sent } from './channel.ts'

/** A channel over a socket that nobody else uses. */
export class StreamChannel implements Channel {
  trouble: Error | undefined
  readonly #socket: Socket
  #ended: 'no' | 'yes' | 'told' = 'no'
  #wake: () => void = () => {}

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('readable', () => this.#wake())
    socket.on('end', () => {
      this.#ended = 'yes'
      this.#wake()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.trouble = error
      reportTrouble(error)
    })
    socket.on('close', () => this.#wake())
  }

  get unsent(): number {
    return this.#socket.writableLength
  }

  async read(): Promise<Got> {
    const got = this.readNow()
    if (got !== 'nothing') return got
    await this.rest()
    return this.readNow()
  }

  readNow(): Got {
    if (this.#socket.destroyed) return 'gone'
    const bytes: Uint8Array | null = this.#socket.read()
    if (bytes !== null) return bytes
    if (this.#ended !== 'yes') return 'nothing'
    this.#ended = 'told'
    return 'end'
  }

  write(bytes: Uint8Array): void {
    // Called when these bytes are with the kernel, or never will be.
    this.#socket.write(bytes, () => this.#wake())
  }

  async drain(): Promise<Sent> {
    if (this.unsent > 0 && !this.#socket.destroyed) await this.rest()
    if (this.#socket.destroyed) return 'gone'
    return this.unsent === 0 ? 'all' : 'not-yet'
  }

  /** Everything that happens on the connection ends this wait, too: it is asked for what came afterwards. */
  rest(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  end(): void {
    this.#socket.end()
  }

  async close(): Promise<void> {
    if (this.#socket.closed) return
    const closed = once(this.#socket, 'close')
    this.#socket.destroy()
    await closed
  }

  abort(): void {
    this.#socket.resetAndDestroy()
  }

  interrupt(): void {
    this.#wake()
  }
}
