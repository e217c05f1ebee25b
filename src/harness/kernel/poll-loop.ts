/** Gives the answer as soon as it is there, `undefined` until then. */
export type Check<T> = () => T | undefined

/**
 * One loop for everything that is waited for by looking again and again. Everything that is waited for is looked at
 * within the same round: first as soon as the running code has returned, then in `setImmediate` rounds, so that our own
 * sockets are served in between. What has waited a few milliseconds is looked at once a millisecond only, so that a busy
 * server is left the processor.
 */
export class PollLoop<T> {
  readonly #beforeRound: () => void
  readonly #now: () => number
  readonly #waiting = new Set<Waiting<T>>()
  #next: 'nothing' | 'microtask' | 'immediate' | NodeJS.Timeout = 'nothing'

  constructor(beforeRound: () => void, now: () => number) {
    this.#beforeRound = beforeRound
    this.#now = now
  }

  /** The answer of `check`, or `late` when it has given none after `deadlineMs` milliseconds or on `close`. */
  wait(check: Check<T>, deadlineMs: number, late: T): Promise<T> {
    return new Promise((resolve) => {
      const since = this.#now()
      this.#waiting.add({ check, late, resolve, since, deadline: since + deadlineMs, lookAt: since })
      this.#soon()
    })
  }

  /** Gives `late` to everything that still waits. */
  close(): void {
    for (const waiting of this.#waiting) waiting.resolve(waiting.late)
    this.#waiting.clear()
  }

  #soon(): void {
    if (typeof this.#next === 'object') clearTimeout(this.#next)
    else if (this.#next !== 'nothing') return
    this.#next = 'microtask'
    queueMicrotask(() => this.#round())
  }

  #round(): void {
    this.#next = 'nothing'
    const now = this.#now()
    const due = [...this.#waiting].filter((waiting) => waiting.lookAt <= now)
    if (due.length > 0) this.#beforeRound()
    for (const waiting of due) this.#look(waiting, now)
    this.#schedule(now)
  }

  #look(waiting: Waiting<T>, now: number): void {
    const answer = waiting.check() ?? (now >= waiting.deadline ? waiting.late : undefined)
    waiting.lookAt = now - waiting.since < SPIN_MS ? now : Math.min(now + REST_MS, waiting.deadline)
    if (answer === undefined) return
    this.#waiting.delete(waiting)
    waiting.resolve(answer)
  }

  #schedule(now: number): void {
    if (this.#waiting.size === 0) return
    const spinning = [...this.#waiting].some((waiting) => waiting.lookAt <= now)
    this.#next = spinning ? 'immediate' : setTimeout(() => this.#round(), REST_MS)
    if (spinning) setImmediate(() => this.#round())
  }
}

const SPIN_MS = 3
const REST_MS = 1

interface Waiting<T> {
  readonly check: Check<T>
  readonly late: T
  readonly resolve: (answer: T) => void
  readonly since: number
  readonly deadline: number
  lookAt: number
}
