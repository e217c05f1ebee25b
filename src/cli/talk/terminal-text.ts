import { manyLines } from '../../harness/escape.ts'

/** Makes bytes of a server, torn anywhere, text that is safe on a terminal: UTF-8, CR LF as LF, all else unsafe escaped. */
export class TerminalText {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  /** A CR that may be half of CR LF. */
  #held = ''

  push(bytes: Uint8Array): string {
    return this.#shown(this.#decoder.decode(bytes, { stream: true }), false)
  }

  /** What was held back, when nothing more comes. */
  end(): string {
    return this.#shown(this.#decoder.decode(), true)
  }

  #shown(more: string, isLast: boolean): string {
    const text = (this.#held + more).replaceAll('\r\n', '\n')
    this.#held = !isLast && text.endsWith('\r') ? '\r' : ''
    return manyLines(text.slice(0, text.length - this.#held.length), Number.POSITIVE_INFINITY)
  }
}
