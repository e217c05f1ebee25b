import { copyOf, viewOf } from '../codec/slices.ts'

const FIRST_ROOM = 4096
/** Bytes up to which it is cheaper to copy what was received than to make new room. */
const COPIED = 65_536

/** The bytes that came on one connection, in memory that is used again for the next one. */
export class ReceiveBuffer {
  #bytes: Buffer = Buffer.allocUnsafe(FIRST_ROOM)
  /** Bytes that came. */
  length = 0
  /** Bytes that may come. */
  limit = 0

  /** Begins anew. Not much more room than `limit` bytes is ever made ready. */
  clear(limit: number): void {
    this.limit = limit
    this.length = 0
  }

  append(chunk: Uint8Array): void {
    const needed = this.length + chunk.length
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, Math.min(2 * this.#bytes.length, this.limit)))
      this.#bytes.copy(grown, 0, 0, this.length)
      this.#bytes = grown
    }
    this.#bytes.set(chunk, this.length)
    this.length = needed
  }

  /** More than the limit has come. */
  get isOver(): boolean {
    return this.length > this.limit
  }

  /** All of it. To be called once, at the end: much is handed over, and only little is copied. */
  take(): Uint8Array {
    const received = this.#bytes.subarray(0, this.length)
    if (received.length <= COPIED) return copyOf(received)
    this.#bytes = Buffer.allocUnsafe(FIRST_ROOM)
    this.length = 0
    return viewOf(received, 0, received.length)
  }
}
