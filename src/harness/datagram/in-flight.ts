/** Unanswered datagrams, and bytes of them, before the next leaves: of more than that the kernel drops some (net.core.rmem_max). */
const MOST_DATAGRAMS = 32
const MOST_BYTES = 65_536

/** What one client has sent and is not answered yet. Answers are counted, not compared: each ends the eldest. */
export class InFlight {
  readonly #sizes: number[] = []
  #bytes = 0

  get isEmpty(): boolean {
    return this.#sizes.length === 0
  }

  /** A datagram of this size may leave. The only one always may. */
  hasRoomFor(size: number): boolean {
    return this.isEmpty || (this.#sizes.length < MOST_DATAGRAMS && this.#bytes + size <= MOST_BYTES)
  }

  left(size: number): void {
    this.#sizes.push(size)
    this.#bytes += size
  }

  answered(): void {
    this.#bytes -= this.#sizes.shift() ?? 0
  }

  /** Nobody waits for them any longer. */
  forget(): void {
    this.#sizes.length = 0
    this.#bytes = 0
  }
}
