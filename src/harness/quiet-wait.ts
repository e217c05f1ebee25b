// Waits that need not last until their deadline: in slices, and between them the server is asked whether it is quiet
// (see quiet.ts).

import type { ConnectionLog } from './connection-log.ts'
import type { CutProof } from './cut-proof.ts'
import { type Met, type Standing, standingOf } from './met.ts'
import type { Patience } from './patience.ts'
import type { Scene } from './scene.ts'
import { afterSilence, type Silence } from './silence.ts'
import type { Wire } from './wire.ts'

/** The longest wait between two looks at whether the server is quiet, in milliseconds. */
const LONGEST_SLICE_MS = 16

/** Without a model, one that says something all the time is listened to for this many times `idleMs` in one wait. */
const TALKS_FOR = 3

const EVER = Number.POSITIVE_INFINITY

/** A wait that has begun. */
export interface Begun {
  readonly done: () => boolean
  /** How long its first slice was, in milliseconds. */
  readonly first: number
  /** Reads that there were before it, on all wires. */
  readonly reads: number
  /** Bytes that had come before it. */
  readonly from: number
}

type Quiet = NonNullable<Patience['quiet']>

/** The waits of one connection that end when the server is quiet. */
export class QuietWait {
  readonly #log: ConnectionLog
  readonly #cuts: CutProof
  readonly #scene: Scene<unknown>

  constructor(log: ConnectionLog, cuts: CutProof, scene: Scene<unknown>) {
    this.#log = log
    this.#cuts = cuts
    this.#scene = scene
  }

  /** Waits on until it is done, until the server seems to be quiet, or until nothing has come for the idle time. */
  wait(wire: Wire, begun: Begun, quiet: Quiet): Promise<Met> {
    const { silence } = this.#scene.patience
    return silence ? this.#inSilence(wire, begun, quiet, silence) : this.#inSlices(wire, begun, quiet, EVER)
  }

  /** Where no model tells what is due: first the silence, then the looks at who is silent. */
  #inSilence(wire: Wire, begun: Begun, quiet: Quiet, silence: Silence): Promise<Met> {
    const { patience, table, now } = this.#scene
    const latest = now() + TALKS_FOR * patience.idleMs
    const isOver = (): boolean => this.#how(begun) !== 'deadline' || now() > latest
    return afterSilence(wire, begun.from, silence, isOver, () =>
      this.#inSlices(wire, { ...begun, reads: table.wires.reads }, quiet, latest),
    )
  }

  /** `latest`: when it is given up, whatever comes, on the clock of the scene. */
  async #inSlices(wire: Wire, begun: Begun, quiet: Quiet, latest: number): Promise<Met> {
    const { patience, table, now } = this.#scene
    const { first, done } = begun
    let progress = now()
    let seen = wire.length
    let readsBefore = begun.reads
    for (let slice = 2 * first; now() - progress < patience.idleMs; slice = Math.min(LONGEST_SLICE_MS, 2 * slice)) {
      if (this.#how(begun) !== 'deadline' || now() > latest) break
      // A server that was answering anybody just now is not quiet, and to ask costs more than a conversation.
      const calm = table.wires.reads === readsBefore && wire.flushed
      readsBefore = table.wires.reads
      const silent = calm && (await this.#isQuiet(wire, quiet))
      if (wire.length !== seen) progress = now()
      seen = wire.length
      // Also after a quiet sample: what the server sent before it may lie unread in our own kernel.
      if (await wire.until(done, slice)) return 'met'
      if (silent && wire.length === seen && this.#how(begun) === 'deadline') return 'quiet'
    }
    return this.#how(begun)
  }

  async #isQuiet(wire: Wire, quiet: Quiet): Promise<boolean> {
    const watch = this.#log.connected ? this.#cuts.watching(wire) : undefined
    return watch !== undefined && (await quiet(watch)) === true
  }

  #how({ done }: Begun): Standing {
    return standingOf(this.#log, done)
  }
}
