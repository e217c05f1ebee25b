import type { Delivery, Watch } from './barrier.ts'
import type { ConnectionLog } from './connection-log.ts'
import type { Scene } from './scene.ts'
import type { Proof } from './transcript.ts'
import type { Wire } from './wire.ts'

/** All cuts of one connection are waited for so many times as long as one at the most: there may be a thousand. */
const MOST_TIMES = 10

/** Proves the cuts of one connection, and counts them. */
export class CutProof {
  readonly #log: ConnectionLog
  readonly #scene: Scene<unknown>
  #watch: Watch | undefined
  /** The server did not read in time once, or took too long with all: later cuts of this connection are not waited for. */
  #isDeaf = false
  #waitedMs = 0
  #requested = 0
  #proven = 0

  constructor(log: ConnectionLog, scene: Scene<unknown>) {
    this.#log = log
    this.#scene = scene
  }

  /** Cuts that were asked for so far, and those of them that the server is known to have seen. */
  get counts(): { readonly requested: number; readonly proven: number } {
    return { requested: this.#requested, proven: this.#proven }
  }

  /** A cut that cannot be made any more. */
  missed(): void {
    this.#requested += 1
  }

  /** Waits until the server has read all of the first `sent` bytes. */
  async prove(wire: Wire, sent: number): Promise<Proof> {
    if (this.#isDeaf) return 'unproven'
    const { now, table } = this.#scene
    const began = now()
    const delivery = await this.#delivered(wire, sent)
    this.#waitedMs += now() - began
    // A gap is no proof, and all that keeps segments apart.
    if (table.barrier.kind !== 'gap') this.#isDeaf = delivery === 'unproven' || this.#isOutOfTime()
    return delivery === 'proven' ? 'proven' : 'unproven'
  }

  count(proof: Proof): void {
    this.#requested += 1
    if (proof === 'proven') this.#proven += 1
  }

  /** The server's side of this connection, once it stands. */
  watching({ localAddress, localPort }: Wire): Watch | undefined {
    if (this.#watch !== undefined || localAddress === undefined || localPort === undefined) return this.#watch
    const { host, port } = this.#scene.table.address
    this.#watch = this.#scene.table.barrier.watch({ localAddress, localPort, remoteAddress: host, remotePort: port })
    return this.#watch
  }

  /** Nothing is proven any more, and whoever waits for a proof need not wait on. */
  close(): void {
    this.#watch?.close()
  }

  #isOutOfTime(): boolean {
    const isOver = this.#waitedMs >= MOST_TIMES * this.#scene.patience.drainMs
    if (isOver) this.#log.note({ did: 'waited', for: 'cuts', ms: this.#waitedMs, why: 'enough' })
    return isOver
  }

  async #delivered(wire: Wire, sent: number): Promise<Delivery> {
    const { drainMs } = this.#scene.patience
    if (!wire.flushed && !(await wire.until(() => wire.flushed, drainMs))) return 'unproven'
    return (await this.watching(wire)?.drained(sent, drainMs)) ?? 'unproven'
  }
}
