// The time of a run, divided among the turns of its properties.

import type { Property } from './property.ts'
import { timeShare } from './time-share.ts'

/** So much of its share of the whole time is left to a claim that has not been tried, however long the others took: 0 to 1. */
const LEFT_TO_EACH = 0.5
/** Milliseconds, and a part (0 to 1) of the whole time at the most, that are kept for who comes last: a server is started in it. */
const KEPT_MS = 3_000
const KEPT = 0.3

/** It ends the server, which may not come again: all others have had their turns by then. */
export function comesLast({ looksAt }: Property): boolean {
  return looksAt === 'restart'
}

/** Tells until when each turn goes. Times are milliseconds on the clock `now`. */
export class Allotment {
  readonly #all: readonly Property[]
  readonly #now: () => number
  readonly #wholeMs: number
  readonly #keptMs: number
  #until: number

  /** All of these are to be tried by `until`. */
  constructor(all: readonly Property[], now: () => number, until: number) {
    this.#all = all
    this.#now = now
    this.#until = until
    this.#wholeMs = until - now()
    this.#keptMs = all.some(comesLast) ? Math.min(KEPT_MS, KEPT * this.#wholeMs) : 0
  }

  /** Until when the first of these has its turn; all of them are still to come in this round. `isNew`: it has had none before. */
  turnOf(these: readonly [Property, ...Property[]], isNew: boolean): number {
    const [first] = these
    const left = this.#until - (comesLast(first) ? 0 : this.#keptMs) - this.#now()
    const leastMs = isNew ? LEFT_TO_EACH * this.#wholeMs * this.#shareOf(first) : 0
    return this.#now() + Math.max(leastMs, timeShare(these) * left)
  }

  /** What a turn that was to go `until` then took beyond that is nobody's loss. */
  goesOnTop(until: number): void {
    this.#until += Math.max(0, this.#now() - until)
  }

  /** Which part of the whole time this one has, 0 to 1. */
  #shareOf(property: Property): number {
    return timeShare([property, ...this.#all.filter((each) => each !== property)])
  }
}
