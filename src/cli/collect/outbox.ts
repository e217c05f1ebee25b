/** Lines on their way to a server: waiting to be sent, or sent and not answered yet. Bounded: the oldest waiting go first. */
export class Outbox {
  /** Lines that were dropped because there was no room for them. */
  dropped = 0
  readonly #limit: number
  #waiting: string[] = []
  #sent: string[] = []

  /** Room for `limit` lines in all. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get waiting(): number {
    return this.#waiting.length
  }

  get sent(): number {
    return this.#sent.length
  }

  get size(): number {
    return this.waiting + this.sent
  }

  add(lines: readonly string[]): void {
    this.#waiting.push(...lines)
    const over = Math.min(this.waiting, Math.max(0, this.size - this.#limit))
    this.#waiting.splice(0, over)
    this.dropped += over
  }

  /** Everything that waits; it counts as sent from here on. */
  send(): readonly string[] {
    const lines = this.#waiting
    this.#waiting = []
    this.#sent.push(...lines)
    return lines
  }

  /** The oldest sent line is answered. `again`: it is to be sent once more. */
  answered(again = false): void {
    const line = this.#sent.shift()
    if (again && line !== undefined) this.#waiting.unshift(line)
  }

  /** The connection is gone: what was not answered has to be sent again, before all others. */
  returned(): void {
    this.#waiting.unshift(...this.#sent)
    this.#sent = []
  }

  /** Forgets what waits. What was sent is still answered. */
  clear(): void {
    this.#waiting = []
    this.dropped = 0
  }
}
