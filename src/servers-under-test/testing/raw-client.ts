import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Address } from '../server.ts'

/** A client on a bare socket that keeps what it gets. Every wait fails after `DEADLINE_MS`. */
export class RawClient {
  readonly socket: Socket
  /** How the server has ended its side so far. */
  ending: 'open' | 'fin' | 'reset' = 'open'
  /** Bytes that came so far. */
  count = 0
  readonly #chunks: Uint8Array[] = []
  #look: () => void = () => {}

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes: Uint8Array) => {
      this.#chunks.push(bytes)
      this.count += bytes.length
      this.#look()
    })
    socket.on('end', () => this.#ends('fin'))
    socket.on('error', () => this.#ends('reset'))
  }

  static async connect({ host, port }: Address): Promise<RawClient> {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true })
    await once(socket, 'connect', { signal: AbortSignal.timeout(DEADLINE_MS) })
    return new RawClient(socket)
  }

  get received(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  send(bytes: Uint8Array | string): this {
    this.socket.write(bytes)
    return this
  }

  /** FIN, after what was sent. */
  end(): this {
    this.socket.end()
    return this
  }

  reset(): void {
    this.socket.resetAndDestroy()
  }

  /** Waits for so many bytes in all. */
  async gets(count: number): Promise<Buffer> {
    await this.#until(() => this.count >= count, `${count} bytes`)
    return this.received
  }

  /** Waits until the server has ended its side, and gives everything that came before. */
  async getsEnd(): Promise<Buffer> {
    await this.#until(() => this.ending !== 'open', 'the server to end its side')
    return this.received
  }

  /** What has come when so many milliseconds are over: for answers that must not come. */
  async getsWithin(ms: number): Promise<Buffer> {
    await new Promise((resolve) => setTimeout(resolve, ms))
    return this.received
  }

  #ends(ending: 'fin' | 'reset'): void {
    this.ending = ending
    this.#look()
  }

  #until(done: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        reject(
          new Error(`waited ${DEADLINE_MS} ms for ${what}; got ${this.count} bytes, the connection: ${this.ending}`),
        )
      }, DEADLINE_MS)
      this.#look = () => {
        if (!done()) return
        clearTimeout(deadline)
        this.#look = () => {}
        resolve()
      }
      this.#look()
    })
  }
}

const DEADLINE_MS = 10_000
