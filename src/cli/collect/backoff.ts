const FIRST_MS = 1_000
const LAST_MS = 30_000

/** How long to wait before the next try: 1, 2, 4, … and at last 30 seconds. */
export class Backoff {
  #nextMs = FIRST_MS

  /** Milliseconds; twice as many the next time. */
  next(): number {
    const ms = this.#nextMs
    this.#nextMs = Math.min(LAST_MS, 2 * ms)
    return ms
  }

  /** It went well: the next trouble is a new one. */
  reset(): void {
    this.#nextMs = FIRST_MS
  }
}
