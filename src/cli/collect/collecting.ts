// What a collecting client does, without I/O: it samples once a period, sends what it has while a server answers, keeps it
// (bounded) while none does, and comes back to the server by itself, each time a little later.
//
//   idle --(something to send)--> connecting --> connected --(it ends, or says nothing for too long)--> waiting --> idle
//   any --(finished)--> over
//
// A line that was not acknowledged is sent again on the next connection (collector.md).

import { parseAnswer } from './answer.ts'
import { Backoff } from './backoff.ts'
import { Outbox } from './outbox.ts'
import type { CollectOptions, Link, Surroundings } from './surroundings.ts'

const ANSWERS_WITHIN_MS = 30_000

export class Collecting {
  readonly #with: Surroundings
  readonly #periodMs: number
  readonly #outbox: Outbox
  #state: 'idle' | 'connecting' | 'connected' | 'waiting' | 'over' = 'idle'
  #link: Link | undefined
  #ticking: (() => void) | undefined
  #cancel = (): void => {}
  readonly #backoff = new Backoff()
  /** Answers on this connection. */
  #answers = 0
  #stored = 0
  #refused = 0
  #whenDone = (): void => {}

  constructor(surroundings: Surroundings, { periodMs, buffer }: CollectOptions) {
    this.#with = surroundings
    this.#periodMs = periodMs
    this.#outbox = new Outbox(buffer)
  }

  /** Samples now and once a period from now on. */
  start(): void {
    if (this.#ticking === undefined) this.#tick()
  }

  /** Samples no more. What was sampled is still sent. */
  stop(): void {
    this.#ticking?.()
    this.#ticking = undefined
  }

  /** Forgets what has not been sent, and all counts. */
  reset(): void {
    this.#outbox.clear()
    this.#stored = 0
    this.#refused = 0
  }

  /** In one line for a person. */
  get state(): string {
    const { waiting, sent, dropped } = this.#outbox
    const doing = this.#ticking === undefined ? 'stopped' : 'collecting'
    return `${doing}, ${this.#state}; ${this.#stored} stored, ${this.#refused} refused, ${sent} sent, ${waiting} waiting, ${dropped} dropped`
  }

  /** Ends: resolves to how many lines are left, when all are answered or after `withinMs` milliseconds. */
  async finish(withinMs: number): Promise<number> {
    this.stop()
    if (this.#outbox.size > 0) {
      const done = new Promise<void>((resolve) => {
        this.#whenDone = resolve
      })
      const cancel = this.#with.after(withinMs, () => this.#whenDone())
      await done
      cancel()
    }
    this.#cancel()
    this.#state = 'over'
    this.#link?.end()
    return this.#outbox.size
  }

  #tick(): void {
    this.#ticking = this.#with.after(this.#periodMs, () => this.#tick())
    this.#outbox.add(this.#with.sample())
    this.#flush()
  }

  #flush(): void {
    if (this.#outbox.waiting === 0) return
    if (this.#state === 'idle') this.#connect()
    if (this.#state !== 'connected') return
    if (this.#outbox.sent === 0) this.#awaitAnswers()
    this.#link?.send(
      this.#outbox
        .send()
        .map((line) => `${line}\n`)
        .join(''),
    )
  }

  #connect(): void {
    this.#state = 'connecting'
    this.#answers = 0
    this.#awaitAnswers()
    this.#link = this.#with.connect({
      connected: () => {
        this.#state = 'connected'
        this.#flush()
      },
      answered: (line) => this.#answered(line),
      gone: (why) => this.#gone(why),
    })
  }

  #answered(line: string): void {
    const answer = parseAnswer(line)
    if (answer?.line !== this.#answers + 1 || this.#outbox.sent === 0) {
      this.#with.say(
        `the server answers ${JSON.stringify(line)} where line ${this.#answers + 1} was due; starting over`,
      )
      this.#link?.abort()
      return
    }
    this.#answers += 1
    this.#outbox.answered(answer.verdict === 'again')
    if (answer.verdict === 'stored') {
      this.#stored += 1
      this.#backoff.reset()
    } else this.#with.say(`the server says: ${line}`)
    if (answer.verdict === 'refused') this.#refused += 1
    this.#awaitAnswers()
    if (this.#outbox.size === 0) this.#whenDone()
  }

  /** Something has come, or was sent: the next answer is due in time. Nothing is due when nothing is out. */
  #awaitAnswers(): void {
    this.#cancel()
    this.#cancel = this.#with.after(ANSWERS_WITHIN_MS, () => {
      if (this.#state === 'connecting' || this.#outbox.sent > 0) this.#link?.abort()
    })
  }

  #gone(why: string): void {
    if (this.#state === 'over') return
    this.#cancel()
    this.#link = undefined
    const owes = this.#outbox.sent > 0 || this.#state === 'connecting'
    this.#outbox.returned()
    this.#state = owes ? 'waiting' : 'idle'
    if (owes) this.#retryLater(why)
    else this.#flush()
  }

  #retryLater(why: string): void {
    const ms = this.#backoff.next()
    this.#with.say(`${why}; trying again in ${ms / 1_000} s, ${this.#outbox.waiting} lines waiting`)
    this.#cancel = this.#with.after(ms, () => {
      this.#state = 'idle'
      this.#flush()
    })
  }
}
