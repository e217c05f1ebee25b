import { Wire } from './wire.ts'

/** Wires that are free to be opened. */
export class WirePool {
  readonly #free: Wire[] = []
  readonly #busy = new Set<Wire>()
  #over: string | undefined
  /** Number of reads when the server seemed to be stuck. */
  #stuckAt = -1
  readonly #onRead = (): void => {
    this.reads += 1
  }

  /** Reads so far, on all wires. While it grows, the server is at work. */
  reads = 0

  /** Connections that are over and were served. */
  served = 0

  /** Waits for a server that still works at its deadline. */
  beyondDeadline = 0

  /**
   * Whether nobody hears anything from a server that works: several wait for it, and one of them has `waitedLong`. So it is
   * for all of them, until one hears something.
   */
  seemStuck(waitedLong: boolean): boolean {
    if (waitedLong && this.beyondDeadline > 1) this.#stuckAt = this.reads
    return this.#stuckAt === this.reads
  }

  /** Whether nothing more is to be opened. */
  get isOver(): boolean {
    return this.#over !== undefined
  }

  /** Wires that are taken. */
  get atWork(): number {
    return this.#busy.size
  }

  take(): Wire {
    const wire = this.#free.pop() ?? new Wire(this.#onRead)
    this.#busy.add(wire)
    // Whoever goes on after the end is abandoned as soon as it has opened its wire.
    if (this.#over !== undefined) queueMicrotask(() => wire.abandon(this.#over as string))
    return wire
  }

  /**
   * Takes back a closed wire. One that was aborted is not opened again: callbacks of writes that it never finished may
   * still come, and Node would take them for the next connection's. `wasServed`: it heard something, and nothing was
   * waited for in vain.
   */
  give(wire: Wire, wasServed = false): void {
    if (wasServed) this.served += 1
    this.#busy.delete(wire)
    if (wire.reusable) this.#free.push(wire)
  }

  /** Ends whatever is under way, for a reason of ours, and whatever is opened from now on. */
  abandonAll(why: string): void {
    this.#over = why
    for (const wire of this.#busy) wire.abandon(why)
  }
}
