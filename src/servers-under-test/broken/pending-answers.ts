import { HIGH_WATER } from '../session.ts'
import type { Transport } from '../transport.ts'
import { afterReads } from './after-reads.ts'

/**
 * Answers that are being worked on: all of them are given `ms` milliseconds after the first. While they are many, nothing
 * more is read: a server that a busy machine lets read megabytes in that time would hoard them.
 */
export class PendingAnswers {
  readonly #transport: Transport
  readonly #ms: number
  #pending: Uint8Array[] = []
  #held = 0

  constructor(transport: Transport, ms: number) {
    this.#transport = transport
    this.#ms = ms
  }

  add(bytes: Uint8Array): void {
    this.#pending.push(bytes)
    this.#held += bytes.length
    if (this.#isMany) this.#transport.pauseReading()
    if (this.#pending.length > 1) return
    const first = this.#pending
    afterReads(this.#ms, () => {
      if (this.#pending === first) this.give()
    })
  }

  give(): void {
    for (const bytes of this.#pending) this.#transport.write(bytes)
    this.forget()
  }

  forget(): void {
    const wasMany = this.#isMany
    this.#pending = []
    this.#held = 0
    // As long as the transport holds some of them, the session reads on when it has got rid of them.
    if (wasMany && this.#transport.buffered === 0) this.#transport.resumeReading()
  }

  get #isMany(): boolean {
    return this.#held > HIGH_WATER
  }
}
