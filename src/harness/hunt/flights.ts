import type { Case } from '../case.ts'
import type { Numbered } from './explored.ts'

/** So many that have ended are remembered, the last ones. */
const MOST = 64

/** Which cases are in flight, and beside which others each has been, also those that have ended before it. */
export class Flights {
  readonly #flying = new Map<number, { readonly subject: Case; readonly begun: number }>()
  /** The last that have ended; number `n` of them is at `n` modulo `MOST`. */
  readonly #ended: Numbered[] = []
  #count = 0

  begin(index: number, subject: Case): void {
    this.#flying.set(index, { subject, begun: this.#count })
  }

  end(index: number): void {
    const flight = this.#flying.get(index)
    if (flight === undefined) return
    this.#flying.delete(index)
    this.#ended[this.#count % MOST] = { index, subject: flight.subject }
    this.#count += 1
  }

  /** The cases that have been in flight with this one, which has not ended yet: those that still are, and the last that ended. */
  beside(index: number): Numbered[] {
    const flight = this.#flying.get(index)
    if (flight === undefined) return []
    const flying = [...this.#flying].map(([other, { subject }]) => ({ index: other, subject })).reverse()
    const since = Math.min(MOST, this.#count - flight.begun)
    const ended = Array.from({ length: since }, (_, back) => this.#ended[(this.#count - 1 - back) % MOST] as Numbered)
    return [...flying.filter((other) => other.index !== index), ...ended]
  }
}
