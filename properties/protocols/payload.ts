import type { Random } from 'fast-check'
import { roomFor } from '../../src/codec/slices.ts'
import { fillRandom } from '../../src/harness/chance.ts'

/** What can be printed, and the space. */
const ASCII = Array.from({ length: 0x7f - 0x20 }, (_, at) => Buffer.of(0x20 + at))

/** Letters of one to four bytes in UTF-8 that every Unicode version upper-cases alike, one to one. */
const LETTERS = ['a', 'z', 'é', 'ö', 'ж', 'я', 'ω', 'λ', 'ḁ', '漢', '字', '€', '🙂', '𐐨', '\u0301'].map((letter) =>
  Buffer.from(letter),
)

/** `size` bytes that tell themselves apart from any other payload: half of them raw or multi-byte, half ASCII. */
export function makePayload(chance: Random, size: number): Uint8Array {
  const bytes = roomFor(size)
  fillRandom(chance, bytes, 0, size)
  const kind = size === 0 ? 0 : chance.nextInt(0, 3)
  if (kind >= 2) for (let i = 0; i < size; i++) bytes[i] = 0x20 + ((bytes[i] as number) % ASCII.length)
  if (kind === 1) spellOut(bytes, () => LETTERS)
  return bytes
}

/** Text of exactly `size` bytes of UTF-8, half of its characters longer than one byte. */
export function makeText(chance: Random, size: number): string {
  const bytes = Buffer.allocUnsafe(size)
  fillRandom(chance, bytes, 0, size)
  spellOut(bytes, (byte) => (byte & 1 ? ASCII : LETTERS))
  return bytes.toString()
}

/** Overwrites random bytes by whole UTF-8 characters, which they choose from the letters that they also choose. */
function spellOut(bytes: Uint8Array, lettersFor: (byte: number) => readonly Buffer[]): void {
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number
    const letters = lettersFor(byte)
    const wanted = letters[(byte >> 1) % letters.length] as Buffer
    const letter = at + wanted.length <= bytes.length ? wanted : (ASCII[byte % ASCII.length] as Buffer)
    bytes.set(letter, at)
    at += letter.length
  }
}
