import type { ConnectionLog } from './connection-log.ts'
import type { CutProof } from './cut-proof.ts'
import type { PatientWait } from './patient-wait.ts'
import type { Scene } from './scene.ts'
import { standstill } from './standstill.ts'
import type { Wire } from './wire.ts'

/** Bytes: what takes up less cannot be seen in the memory of a process. */
const SEEN = 1_048_576

/** A client that does not read: stops, sees how far the server comes, and reads on. */
export class Unread {
  readonly #log: ConnectionLog
  readonly #cuts: CutProof
  readonly #waits: PatientWait
  readonly #scene: Scene<unknown>
  readonly #growth: (() => number | undefined) | undefined

  /** `volume`: bytes that are sent in all. */
  constructor(log: ConnectionLog, cuts: CutProof, waits: PatientWait, scene: Scene<unknown>, volume: number) {
    this.#log = log
    this.#cuts = cuts
    this.#waits = waits
    this.#scene = scene
    this.#growth = volume < SEEN ? undefined : scene.table.memoryGrowth
  }

  /** Reads nothing from now on, once the connection stands. */
  async stop(wire: Wire): Promise<void> {
    if (!(await this.#waits.standing(wire)) || wire.isPaused) return
    // What it took before is what its growth is measured by.
    this.#growth?.()
    wire.pauseReading()
    this.#log.note({ did: 'stopped-reading' })
  }

  /** Waits until the server comes no further, and tells how far it has come. */
  async standstill(wire: Wire): Promise<void> {
    const piled = await standstill(wire, this.#cuts.watching(wire), this.#scene.patience.drainMs)
    const grown = this.#growth?.()
    if (piled !== undefined) this.#log.note({ did: 'piled-up', ...piled, ...(grown === undefined ? {} : { grown }) })
  }

  readOn(wire: Wire): undefined {
    if (!wire.isPaused) return
    const { descriptor } = wire
    if (descriptor !== undefined) this.#scene.table.window?.widen(descriptor)
    wire.resumeReading()
    this.#log.note({ did: 'read-on' })
  }
}
