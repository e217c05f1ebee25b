// Waiting for what a server must do, and no longer than there is hope: in slices, and between them the server is asked
// whether it is quiet (see quiet.ts).

import type { ConnectionLog } from './connection-log.ts'
import type { CutProof } from './cut-proof.ts'
import type { Meter } from './hear.ts'
import { waitForLull } from './lull.ts'
import { CONNECT_MS, type Patience, TIME_OVER } from './patience.ts'
import type { Scene } from './scene.ts'
import { afterSilence, type Silence } from './silence.ts'
import type { Wire } from './wire.ts'

/** Waits between looks at whether the server is quiet, in milliseconds: the first, the first among others, the longest. */
const SLICE_MS = 2
const BUSY_SLICE_MS = 8
const LONGEST_SLICE_MS = 16

/** A wait in which something comes all the time is ended after so many milliseconds. */
const LONGEST_MS = 300_000

/** A server that still works at its deadline is waited for this many times as long at the most. */
const MOST_TIMES = 10

/** Without a model, one that says something all the time is listened to for this many times `idleMs` in one wait. */
const TALKS_FOR = 3

/** Milliseconds of a pause after which it is asked whether the time is over. */
const LONGEST_REST_MS = 250

const EVER = Number.POSITIVE_INFINITY

/** How a wait ended: `over`, the connection is; `quiet` or `stuck`, the server seems to be, which was not waited for to the end. */
type Met = 'met' | 'over' | 'deadline' | 'quiet' | 'stuck'

/** The waits of one connection. */
export class PatientWait {
  readonly #log: ConnectionLog
  readonly #cuts: CutProof
  readonly #scene: Scene<unknown>
  #worksInVain = false

  constructor(log: ConnectionLog, cuts: CutProof, scene: Scene<unknown>) {
    this.#log = log
    this.#cuts = cuts
    this.#scene = scene
  }

  /** Waits until `done` holds, the connection is over, or patience ends; a wait in vain is noted. */
  async until(wire: Wire, done: () => boolean, what: string): Promise<void> {
    const began = this.#scene.now()
    const { idleMs, quiet } = this.#scene.patience
    const { reads, atWork } = this.#scene.table.wires
    const first = quiet === undefined && this.#log.connected ? idleMs : atWork > 1 ? BUSY_SLICE_MS : SLICE_MS
    const from = wire.length
    if (await wire.until(done, first)) return
    const soon = await this.#waitOn(wire, done, { first, reads, from, heard: first === idleMs ? from : -1 })
    const met = soon === 'deadline' ? await this.#whileAtWork(wire, done) : soon
    if (met === 'met') return
    if (met !== 'over') this.#log.timedOut = what !== 'quiet'
    this.#log.note({ did: 'waited', for: what, ms: this.#scene.now() - began, why: met })
  }

  /**
   * Waits for so many answers in all; without a number, until the server is quiet. Where answers were waited for in vain
   * before, something is lost that counts among these too, and a wait for each of hundreds would take hours. Where the time
   * for all of it is over, we give up.
   */
  answers(wire: Wire, meter: Meter, units: number | undefined): Promise<void> | undefined {
    if (this.#log.timedOut && units !== undefined) return undefined
    if (wire.writable && this.#scene.patience.spent?.()) {
      wire.abandon(TIME_OVER)
      return undefined
    }
    const isOver = (): boolean => this.#log.ending !== undefined
    const enough = units === undefined ? isOver : () => meter.units >= units || isOver()
    return this.until(wire, enough, units === undefined ? 'quiet' : 'answers')
  }

  /** Waits until the server has ended its side. */
  async theEnd(wire: Wire): Promise<void> {
    if (await this.standing(wire)) await this.until(wire, () => this.#log.ending !== undefined, 'the end')
  }

  /** Waits until all that was written has left. From who does not read, a server need not take it. */
  async flushed(wire: Wire): Promise<void> {
    if (!wire.isPaused && (await this.standing(wire)))
      await wire.until(() => wire.flushed, this.#scene.patience.drainMs)
  }

  /** Whether the handshake is over; the kernel can only be asked about a connection that stands. */
  async standing(wire: Wire): Promise<boolean> {
    if (!this.#log.connected) await this.until(wire, () => this.#log.connected, 'the connection')
    return this.#log.connected && wire.writable
  }

  /** Waits for so many milliseconds, whatever comes, from when the connection stands: what was written leaves then. */
  async pause(wire: Wire, ms: number): Promise<void> {
    await this.standing(wire)
    const began = this.#scene.now()
    await this.#restFor(wire, ms)
    this.#log.note({ did: 'paused', ms: wire.writable ? ms : Math.min(ms, this.#scene.now() - began) })
  }

  /** Where the time for all of it is over meanwhile, we give up. */
  async #restFor(wire: Wire, ms: number): Promise<void> {
    const { spent } = this.#scene.patience
    for (let left = ms; left > 0 && wire.writable; left -= LONGEST_REST_MS) {
      await wire.rest(Math.min(left, LONGEST_REST_MS))
      if (left > LONGEST_REST_MS && spent?.()) wire.abandon(TIME_OVER)
    }
  }

  /** Waits until the server is quiet, where patience asks for it: what it still sends was not due, and is to be seen. */
  async lull(wire: Wire): Promise<void> {
    const lull = wire.isPaused ? undefined : this.#scene.patience.lull
    const watch = lull && (await this.standing(wire)) ? this.#cuts.watching(wire) : undefined
    if (lull && watch) await waitForLull(wire, this.#log, watch, lull, this.#scene.now)
  }

  async #waitOn(wire: Wire, done: () => boolean, { first, reads, from, heard }: Begun): Promise<Met> {
    const { quiet, silence } = this.#scene.patience
    if (!this.#log.connected) await wire.until(() => this.#log.connected, CONNECT_MS)
    if (!this.#log.connected) return this.#how(done)
    if (quiet && silence) return this.#inSilence(wire, done, { first, from, quiet, silence })
    if (quiet !== undefined) return this.#inSlices(wire, done, { first, reads, quiet })
    await this.#whileItComes(wire, done, heard)
    return this.#how(done)
  }

  /** Answers have no deadline as long as they come: only silence has one, and a server that never ends. */
  async #whileItComes(wire: Wire, done: () => boolean, heard: number): Promise<void> {
    const { patience, now } = this.#scene
    const latest = now() + LONGEST_MS
    let before = heard
    while (wire.length > before && this.#how(done) === 'deadline' && now() < latest) {
      before = wire.length
      await wire.until(done, patience.idleMs)
    }
  }

  async #whileAtWork(wire: Wire, done: () => boolean): Promise<Met> {
    const { wires } = this.#scene.table
    // It was waited for as long as it ever is: what did not come then will not come behind it.
    if (this.#worksInVain) return this.#how(done)
    wires.beyondDeadline += 1
    const met = await this.#asLongAsItWorks(wire, done)
    wires.beyondDeadline -= 1
    return met
  }

  async #asLongAsItWorks(wire: Wire, done: () => boolean): Promise<Met> {
    const { patience, now, table } = this.#scene
    const { wires } = table
    const latest = now() + MOST_TIMES * patience.idleMs
    let [heard, reads] = [now(), wires.reads]
    for (;;) {
      const how = this.#how(done)
      if (how !== 'deadline' || !(await patience.atWork?.())) return how
      if (wires.reads !== reads) [heard, reads] = [now(), wires.reads]
      const isStuck = patience.stuckAfterMs !== undefined && wires.seemStuck(now() - heard >= patience.stuckAfterMs)
      this.#worksInVain = isStuck || now() >= latest
      if (this.#worksInVain) return isStuck ? 'stuck' : 'deadline'
      await wire.until(done, patience.idleMs / 4)
    }
  }

  /** Where no model tells what is due: first the silence, then the looks at who is silent. */
  #inSilence(wire: Wire, done: () => boolean, { first, from, quiet, silence }: Silent): Promise<Met> {
    const { patience, table, now } = this.#scene
    const latest = now() + TALKS_FOR * patience.idleMs
    const isOver = (): boolean => this.#how(done) !== 'deadline' || now() > latest
    return afterSilence(wire, from, silence, isOver, () =>
      this.#inSlices(wire, done, { first, reads: table.wires.reads, quiet, latest }),
    )
  }

  async #inSlices(wire: Wire, done: () => boolean, { first, reads, quiet, latest = EVER }: Sliced): Promise<Met> {
    const { patience, table, now } = this.#scene
    let progress = now()
    let seen = wire.length
    let readsBefore = reads
    for (let slice = 2 * first; now() - progress < patience.idleMs; slice = Math.min(LONGEST_SLICE_MS, 2 * slice)) {
      if (this.#how(done) !== 'deadline' || now() > latest) break
      // A server that was answering anybody just now is not quiet, and to ask costs more than a conversation.
      const calm = table.wires.reads === readsBefore && wire.flushed
      readsBefore = table.wires.reads
      const silent = calm && (await this.#isQuiet(wire, quiet))
      if (wire.length !== seen) progress = now()
      seen = wire.length
      // Also after a quiet sample: what the server sent before it may lie unread in our own kernel.
      if (await wire.until(done, slice)) return 'met'
      if (silent && wire.length === seen && this.#how(done) === 'deadline') return 'quiet'
    }
    return this.#how(done)
  }

  async #isQuiet(wire: Wire, quiet: Quiet): Promise<boolean> {
    const watch = this.#log.connected ? this.#cuts.watching(wire) : undefined
    return watch !== undefined && (await quiet(watch)) === true
  }

  #how(done: () => boolean): 'met' | 'over' | 'deadline' {
    if (done()) return 'met'
    return this.#log.ending !== undefined || this.#log.gaveUp !== undefined ? 'over' : 'deadline'
  }
}

/** A wait that has begun: how long its first slice was, in milliseconds, and how many reads there were before it. */
interface Begun {
  readonly first: number
  readonly reads: number
  /** Bytes that had come before it. */
  readonly from: number
  /** The same where it was a whole idle time; else -1. */
  readonly heard: number
}

interface Sliced extends Pick<Begun, 'first' | 'reads'> {
  readonly quiet: Quiet
  /** When it is given up, whatever comes, on the clock of the scene. */
  readonly latest?: number
}

interface Silent extends Pick<Begun, 'first' | 'from'> {
  readonly quiet: Quiet
  readonly silence: Silence
}

type Quiet = NonNullable<Patience['quiet']>
