/** So many that have ended are remembered, the last ones. */
const MOST = 64

/**
 * Which cases are in flight, and beside which others each has been, also those that have ended before it. They are
 * known by their numbers, from which each can be made again: cases that are kept would be copied by the garbage
 * collector time and again.
 */
export class Flights {
  /** How many had ended when each began. */
  readonly #flying = new Map<number, number>()
  /** The last that have ended; number `n` of them is at `n` modulo `MOST`. */
  readonly #ended: number[] = []
  #count = 0

  begin(index: number): void {
    this.#flying.set(index, this.#count)
  }

  end(index: number): void {
    if (!this.#flying.delete(index)) return
    this.#ended[this.#count % MOST] = index
    this.#count += 1
  }

  /** The cases that have been in flight with this one, which has not ended yet: those that still are, and the last that ended. */
  beside(index: number): number[] {
    const begun = this.#flying.get(index)
    if (begun === undefined) return []
    const flying = [...this.#flying.keys()].reverse()
    const since = Math.min(MOST, this.#count - begun)
    const ended = Array.from({ length: since }, (_, back) => this.#ended[(this.#count - 1 - back) % MOST] as number)
    return [...flying.filter((other) => other !== index), ...ended]
  }
}
