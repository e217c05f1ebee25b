// Waiting for what a server must do, and no longer than there is hope: less where it is quiet (quiet-wait.ts), more where it
// works (at-work.ts).

import { AtWork } from './at-work.ts'
import type { ConnectionLog } from './connection-log.ts'
import type { CutProof } from './cut-proof.ts'
import type { Meter } from './hear.ts'
import { waitForLull } from './lull.ts'
import { type Met, type Standing, standingOf } from './met.ts'
import { CONNECT_MS, TIME_OVER } from './patience.ts'
import { type Begun, QuietWait } from './quiet-wait.ts'
import type { Scene } from './scene.ts'
import type { Wire } from './wire.ts'

/** The first wait before it is asked whether the server is quiet, in milliseconds; the same among others. */
const SLICE_MS = 2
const BUSY_SLICE_MS = 8

/** A wait in which something comes all the time is ended after so many milliseconds. */
const LONGEST_MS = 300_000

/** Milliseconds of a pause after which it is asked whether the time is over. */
const LONGEST_REST_MS = 250

/** The waits of one connection. */
export class PatientWait {
  readonly #log: ConnectionLog
  readonly #cuts: CutProof
  readonly #scene: Scene<unknown>
  readonly #quiet: QuietWait
  readonly #atWork: AtWork

  constructor(log: ConnectionLog, cuts: CutProof, scene: Scene<unknown>) {
    this.#log = log
    this.#cuts = cuts
    this.#scene = scene
    this.#quiet = new QuietWait(log, cuts, scene)
    this.#atWork = new AtWork(scene)
  }

  /** Waits until `done` holds, the connection is over, or patience ends; a wait in vain is noted. */
  async until(wire: Wire, done: () => boolean, what: string): Promise<void> {
    const began = this.#scene.now()
    const { idleMs, quiet } = this.#scene.patience
    const { reads, atWork } = this.#scene.table.wires
    const first = quiet === undefined && this.#log.connected ? idleMs : atWork > 1 ? BUSY_SLICE_MS : SLICE_MS
    const from = wire.length
    if (await wire.until(done, first)) return
    const soon = await this.#waitOn(wire, { done, first, reads, from }, first === idleMs ? from : -1)
    const met = soon === 'deadline' ? await this.#beyond(wire, done, what) : soon
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

  /** `heard`: bytes that had come before the first slice, if that was a whole idle time; else -1. */
  async #waitOn(wire: Wire, begun: Begun, heard: number): Promise<Met> {
    const { quiet } = this.#scene.patience
    const { done } = begun
    if (!this.#log.connected) await wire.until(() => this.#log.connected, CONNECT_MS)
    if (!this.#log.connected) return this.#how(done)
    if (quiet !== undefined) return this.#quiet.wait(wire, begun, quiet)
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

  /** Without a model nothing is known to be due; and who is not connected is not served whatever the server is like. */
  #beyond(wire: Wire, done: () => boolean, what: string): Promise<Met> {
    const isDue = what !== 'quiet' && this.#log.connected
    return this.#atWork.wait(wire, { done, standing: () => this.#how(done), isDue })
  }

  #how(done: () => boolean): Standing {
    return standingOf(this.#log, done)
  }
}
