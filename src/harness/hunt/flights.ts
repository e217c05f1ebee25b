import type { Case } from '../case.ts'
import type { Numbered } from './explored.ts'

/** Of a case that flies for long, so many that flew beside it are remembered, the last ones. */
const MOST = 64

interface Flight {
  readonly subject: Case
  readonly beside: Map<number, Case>
}

/** Which cases are in flight, and beside which others each has been, also those that have ended before it. */
export class Flights {
  readonly #flights = new Map<number, Flight>()

  begin(index: number, subject: Case): void {
    const beside = new Map<number, Case>()
    for (const [other, flight] of this.#flights) {
      beside.set(other, flight.subject)
      flight.beside.set(index, subject)
      const [oldest] = flight.beside.keys()
      if (flight.beside.size > MOST && oldest !== undefined) flight.beside.delete(oldest)
    }
    this.#flights.set(index, { subject, beside })
  }

  /** The cases that have been in flight with this one, which has not ended yet; the last of them first. */
  beside(index: number): Numbered[] {
    const others = [...(this.#flights.get(index)?.beside ?? [])]
    return others.map(([other, subject]) => ({ index: other, subject })).reverse()
  }

  end(index: number): void {
    this.#flights.delete(index)
  }
}
