import type { Random } from 'fast-check'
import { roomFor } from '../../src/codec/slices.ts'
import { fillRandom, pick } from '../../src/harness/chance.ts'

const ASCII = Buffer.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,.-_')
/** The ASCII letter that stands for each byte. */
const ASCII_FOR = Uint8Array.from({ length: 256 }, (_, byte) => ASCII[byte % ASCII.length] as number)

/** Letters of one to four bytes in UTF-8 that every Unicode version upper-cases alike, one to one. */
const LETTERS = ['a', 'z', 'é', 'ö', 'ж', 'я', 'ω', 'λ', 'ა', '漢', '字', '€', '🙂', '𐐨', '\u0301']
const SPELLED = LETTERS.map((letter) => Buffer.from(letter))

/** `size` bytes that tell themselves apart from any other payload: half of them raw or multi-byte, half ASCII. */
export function makePayload(chance: Random, size: number): Uint8Array {
  const bytes = roomFor(size)
  fillRandom(chance, bytes, 0, size)
  const kind = size === 0 ? 0 : chance.nextInt(0, 3)
  if (kind >= 2) for (let i = 0; i < size; i++) bytes[i] = ASCII_FOR[bytes[i] as number] as number
  if (kind === 1) spellOut(bytes)
  return bytes
}

/** Text of about `size` bytes of UTF-8, half of its characters longer than one byte. */
export function makeText(chance: Random, size: number): string {
  let text = ''
  for (let bytes = 0; bytes < size; ) {
    const letter = chance.nextInt(0, 1) === 0 ? String.fromCharCode(chance.nextInt(0x20, 0x7e)) : pick(chance, LETTERS)
    text += letter
    bytes += Buffer.byteLength(letter)
  }
  return text
}

/** Overwrites random bytes by whole UTF-8 characters that they choose. */
function spellOut(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const letter = SPELLED[(bytes[at] as number) % SPELLED.length] as Buffer
    if (at + letter.length > bytes.length) {
      bytes.fill(0x2e, at)
      return
    }
    // A call costs more than the one to four bytes.
    for (let i = 0; i < letter.length; i++) bytes[at++] = letter[i] as number
  }
}
