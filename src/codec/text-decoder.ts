import { isUtf8 } from 'node:buffer'
import { bad } from './bad.ts'
import type { Decoder, Item } from './codec.ts'
import { viewOf } from './slices.ts'
import { characterSize, INCOMPLETE, MALFORMED } from './utf8.ts'

/** Reads a stream of UTF-8 text. Holds at most the three bytes of a character that has only begun. */
export class Utf8Decoder implements Decoder<string> {
  #held: Uint8Array = NOTHING
  /** Bytes of the stream before those held. */
  #offset = 0
  #over = false

  push(chunk: Uint8Array): Item<string>[] {
    if (this.#over) return []
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const end = endOfCharacters(bytes)
    const items: Item<string>[] = []
    if (end > 0) items.push({ is: 'frame', frame: textOf(bytes, end) })
    this.#offset += end
    if (end < bytes.length && characterSize(bytes, end, bytes.length) === MALFORMED) {
      items.push(bad('encoding', `the bytes at offset ${this.#offset} of the stream are not UTF-8`))
      this.#over = true
    }
    this.#held = end === bytes.length || this.#over ? NOTHING : Uint8Array.from(viewOf(bytes, end, bytes.length))
    return items
  }

  end(): Item<string>[] {
    if (this.#over || this.#held.length === 0) return []
    this.#over = true
    return [bad('truncated', `the stream ends inside the character at offset ${this.#offset}`)]
  }
}

const NOTHING = new Uint8Array(0)

/** Where the well-formed characters end. */
function endOfCharacters(bytes: Uint8Array): number {
  if (isUtf8(bytes)) return bytes.length
  let at = 0
  while (at < bytes.length) {
    const size = characterSize(bytes, at, bytes.length)
    if (size === INCOMPLETE || size === MALFORMED) return at
    at += size
  }
  return at
}

/** Unlike a TextDecoder, a Buffer keeps a byte order mark at the beginning. */
function textOf(bytes: Uint8Array, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8')
}
