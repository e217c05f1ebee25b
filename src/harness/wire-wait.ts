// The one wait that a wire may be in. Its deadline is that of silence: it begins anew whenever something comes, though
// not for ever. And our own process may be what is late: before a wait is given up, what lies unread in the kernel is read.

import { monotonic } from './clock.ts'

/** What a wait is for. A `rest` lasts as long as it says, whatever comes. */
type Kind = 'progress' | 'rest'

interface Waiting {
  readonly done: () => boolean
  readonly resolve: (met: boolean) => void
  readonly timer: NodeJS.Timeout
  readonly kind: Kind
  /** On the monotonic clock, in milliseconds. */
  readonly latest: number
  /** Something happened since the timer went off. */
  stirred: boolean
}

/** Waits that go on while there is progress last this many times their idle time at the most. */
const MOST_TIMES = 10

export class WireWait {
  #waiting: Waiting | undefined

  /**
   * Waits until `done`, or until nothing has come for `idleMs`; never longer than ten times that. True when `done` holds.
   */
  until(done: () => boolean, idleMs: number): Promise<boolean> {
    return this.#begin('progress', done, idleMs, MOST_TIMES * idleMs)
  }

  /** Waits for so many milliseconds, or until `over`. True when it was over before the time. */
  rest(over: () => boolean, ms: number): Promise<boolean> {
    return this.#begin('rest', over, ms, ms)
  }

  /** Something happened. `isOver`: nothing more can. */
  stir(isOver: boolean): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    waiting.stirred = true
    if (waiting.done()) this.settle(true)
    else if (isOver) this.settle(false)
    else if (waiting.kind === 'rest') return
    else if (monotonic() > waiting.latest) this.#expire(waiting)
    else waiting.timer.refresh()
  }

  /** Ends the wait, if there is one. */
  settle(met: boolean): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    clearTimeout(waiting.timer)
    waiting.resolve(met)
  }

  /** Ends the wait, if there is one, with what it has come to. */
  conclude(): void {
    this.settle(this.#waiting?.done() ?? false)
  }

  #begin(kind: Kind, done: () => boolean, idleMs: number, mostMs: number): Promise<boolean> {
    const latest = monotonic() + mostMs
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#expire(waiting), idleMs)
      const waiting = { done, resolve, timer, kind, latest, stirred: false }
      this.#waiting = waiting
    })
  }

  #expire(waiting: Waiting): void {
    waiting.stirred = false
    afterNextPoll(() => {
      const isLast = waiting.kind === 'rest' || !waiting.stirred || monotonic() > waiting.latest
      if (this.#waiting === waiting && isLast) this.settle(waiting.done())
    })
  }
}

/** Of two immediates in a row, the second comes after the event loop has asked the kernel at least once. */
function afterNextPoll(act: () => void): void {
  setImmediate(() => setImmediate(act))
}
