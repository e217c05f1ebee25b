/** Bytes that have come and are of no whole frame yet. They are joined once a frame, and not with each read. */
export class HeldBytes {
  #pieces: Buffer[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The chunk is copied. */
  add(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.#pieces.push(Buffer.from(chunk))
    this.#length += chunk.length
  }

  /** The first `count` bytes, or as many as there are. */
  first(count: number): Buffer {
    const [piece = NOTHING] = this.#pieces
    const wanted = Math.min(count, this.#length)
    if (piece.length >= wanted) return piece.subarray(0, wanted)
    const joined = Buffer.concat(this.#pieces)
    this.#pieces = [joined]
    return joined.subarray(0, wanted)
  }

  /** Lets go of the first `count` bytes. */
  drop(count: number): void {
    if (count === 0) return
    const rest = this.first(this.#length).subarray(count)
    this.#pieces = rest.length === 0 ? [] : [rest]
    this.#length = rest.length
  }
}

const NOTHING = Buffer.alloc(0)
