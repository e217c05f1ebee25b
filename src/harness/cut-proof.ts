import type { Delivery, Watch } from './barrier.ts'
import type { Scene } from './scene.ts'
import type { Proof } from './transcript.ts'
import type { Wire } from './wire.ts'

/** Proves the cuts of one connection, and counts them. */
export class CutProof {
  readonly #scene: Scene<unknown>
  #watch: Watch | undefined
  /** The server did not read in time once: later cuts of this connection are not waited for again. */
  #isDeaf = false
  #requested = 0
  #proven = 0

  constructor(scene: Scene<unknown>) {
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
    const delivery = this.#isDeaf ? 'unproven' : await this.#delivered(wire, sent)
    if (delivery === 'unproven') this.#isDeaf = this.#scene.table.barrier.kind !== 'gap'
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

  async #delivered(wire: Wire, sent: number): Promise<Delivery> {
    const { drainMs } = this.#scene.patience
    if (!wire.flushed && !(await wire.until(() => wire.flushed, drainMs))) return 'unproven'
    return (await this.watching(wire)?.drained(sent, drainMs)) ?? 'unproven'
  }
}
