import type { Cancel, Transport } from '../transport.ts'

/** Answers that are being worked on: all of them are given `ms` milliseconds after the first. */
export class PendingAnswers {
  readonly #transport: Transport
  readonly #ms: number
  #pending: Uint8Array[] = []
  #cancel: Cancel = () => {}

  constructor(transport: Transport, ms: number) {
    this.#transport = transport
    this.#ms = ms
  }

  add(bytes: Uint8Array): void {
    this.#pending.push(bytes)
    if (this.#pending.length === 1) this.#cancel = this.#transport.after(this.#ms, () => this.give())
  }

  give(): void {
    for (const bytes of this.#pending) this.#transport.write(bytes)
    this.forget()
  }

  forget(): void {
    this.#pending = []
    this.#cancel()
  }
}
