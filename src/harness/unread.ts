import type { ConnectionLog } from './connection-log.ts'
import type { CutProof } from './cut-proof.ts'
import type { PatientWait } from './patient-wait.ts'
import type { Scene } from './scene.ts'
import { standstill } from './standstill.ts'
import type { Wire } from './wire.ts'

/** A client that does not read: stops, sees how far the server comes, and reads on. */
export class Unread {
  readonly #log: ConnectionLog
  readonly #cuts: CutProof
  readonly #waits: PatientWait
  readonly #scene: Scene<unknown>

  constructor(log: ConnectionLog, cuts: CutProof, waits: PatientWait, scene: Scene<unknown>) {
    this.#log = log
    this.#cuts = cuts
    this.#waits = waits
    this.#scene = scene
  }

  /** Reads nothing from now on, once the connection stands. */
  async stop(wire: Wire): Promise<void> {
    if (!(await this.#waits.standing(wire)) || wire.isPaused) return
    // It may be the least that it has had so far, from which growth is measured.
    this.#scene.table.memoryGrowth?.()
    wire.pauseReading()
    this.#log.note({ did: 'stopped-reading' })
  }

  /** Waits until the server comes no further, and tells how far it has come. */
  async standstill(wire: Wire): Promise<void> {
    const piled = await standstill(wire, this.#cuts.watching(wire), this.#scene.patience)
    const grown = this.#scene.table.memoryGrowth?.()
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
