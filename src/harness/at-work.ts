// Beyond its deadline a server that works is slow and not silent, and is waited for, though not for ever. While cases are
// tried there are two shortcuts, and what they tell may be wrong: nobody hears anything from it any more, or one does not
// and those do who came later.

import type { Met, Standing } from './met.ts'
import { watchOthers } from './passed-over.ts'
import type { Scene } from './scene.ts'
import type { Wire } from './wire.ts'

/** A server that still works at its deadline is waited for this many times as long at the most. */
const MOST_TIMES = 10

/** A wait whose deadline has passed. */
export interface Overdue {
  readonly done: () => boolean
  readonly standing: () => Standing
  /** Something is due, on a connection that stands. */
  readonly isDue: boolean
}

/** The waits of one connection that go on beyond their deadline. */
export class AtWork {
  readonly #scene: Scene<unknown>
  #inVain = false

  constructor(scene: Scene<unknown>) {
    this.#scene = scene
  }

  /** Waits on as long as the server works. */
  async wait(wire: Wire, overdue: Overdue): Promise<Met> {
    const { wires } = this.#scene.table
    // It was waited for as long as it ever is: what did not come then will not come behind it.
    if (this.#inVain) return overdue.standing()
    wires.beyondDeadline += 1
    const met = await this.#asLongAsItWorks(wire, overdue)
    wires.beyondDeadline -= 1
    return met
  }

  async #asLongAsItWorks(wire: Wire, { done, standing, isDue }: Overdue): Promise<Met> {
    const { patience, now, table } = this.#scene
    const { wires } = table
    const { idleMs, stuckAfterMs } = patience
    const latest = now() + MOST_TIMES * idleMs
    const isWatched = stuckAfterMs !== undefined && isDue
    const isPassedOver = isWatched ? watchOthers(wire, wires, idleMs, now) : (): boolean => false
    let [heard, reads] = [now(), wires.reads]
    for (;;) {
      const how = standing()
      if (how !== 'deadline' || !(await patience.atWork?.())) return how
      if (wires.reads !== reads) [heard, reads] = [now(), wires.reads]
      const isMute = stuckAfterMs !== undefined && wires.seemStuck(now() - heard >= stuckAfterMs)
      const isStuck = isMute || isPassedOver()
      this.#inVain = isStuck || now() >= latest
      if (this.#inVain) return isStuck ? 'stuck' : 'deadline'
      await wire.until(done, idleMs / 4)
    }
  }
}
