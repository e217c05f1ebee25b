import { HIGH_WATER } from '../session.ts'
import type { Cancel, Transport } from '../transport.ts'

/**
 * Answers that are being worked on: all of them are given `ms` milliseconds after the first. While they are many, nothing
 * more is read: a server that a busy machine lets read megabytes in that time would hoard them.
 */
export class PendingAnswers {
  readonly #transport: Transport
  readonly #ms: number
  #pending: Uint8Array[] = []
  #held = 0
  #cancel: Cancel = () => {}

  constructor(transport: Transport, ms: number) {
    this.#transport = transport
    this.#ms = ms
  }

  add(bytes: Uint8Array): void {
    this.#pending.push(bytes)
    this.#held += bytes.length
    if (this.#pending.length === 1) this.#cancel = this.#transport.after(this.#ms, () => this.give())
    if (this.#isMany) this.#transport.pauseReading()
  }

  give(): void {
    for (const bytes of this.#pending) this.#transport.write(bytes)
    this.forget()
  }

  forget(): void {
    const wasMany = this.#isMany
    this.#pending = []
    this.#held = 0
    this.#cancel()
    // As long as the transport holds some of them, the session reads on when it has got rid of them.
    if (wasMany && this.#transport.buffered === 0) this.#transport.resumeReading()
  }

  get #isMany(): boolean {
    return this.#held > HIGH_WATER
  }
}
