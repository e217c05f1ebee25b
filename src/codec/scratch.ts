import { copyOf, viewOf } from './slices.ts'

const LEAST_ROOM = 64
const ROOM_TO_KEEP = 4096
const LOOP_UP_TO = 16

/**
 * Holds the frame that straddles chunks. Its room follows the bytes that came, never the size that a header claims, and
 * doubles, so that a frame in one-byte chunks is not copied once per byte.
 */
export class Scratch {
  #room = new Uint8Array(LEAST_ROOM)
  #length = 0

  /** Bytes held. */
  get length(): number {
    return this.#length
  }

  /** The memory in use: the first `length` bytes count, and only until the next `append` or `take`. */
  get bytes(): Uint8Array {
    return this.#room
  }

  append(chunk: Uint8Array, from: number, to: number): void {
    const length = this.#length + to - from
    if (length > this.#room.length) this.#grow(length)
    if (to - from > LOOP_UP_TO) this.#room.set(viewOf(chunk, from, to), this.#length)
    else for (let at = from; at < to; at++) this.#room[this.#length + at - from] = chunk[at]!
    this.#length = length
  }

  /** Everything held, in memory that belongs to the caller. Leaves the scratch empty, and without any great room. */
  take(): Uint8Array {
    const taken = copyOf(this.#room, 0, this.#length)
    this.clear()
    return taken
  }

  clear(): void {
    this.#length = 0
    if (this.#room.length > ROOM_TO_KEEP) this.#room = new Uint8Array(LEAST_ROOM)
  }

  #grow(length: number): void {
    const room = new Uint8Array(Math.max(length, 2 * this.#room.length))
    room.set(viewOf(this.#room, 0, this.#length))
    this.#room = room
  }
}
