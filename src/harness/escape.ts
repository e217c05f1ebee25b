// Text from a server, or from a file that anyone may have edited, made safe to show.
//
// Such text may hold escape sequences that move a cursor, bidirectional overrides that make a line read as another one,
// and code points that XML forbids. All of them are made visible as `\xNN` or `\u{…}`; the rest stays as it is, so that
// escaping twice changes nothing. What this gives holds only characters that XML 1.0 allows.

import { counted } from './counted.ts'

/** Controls, invisible formatting (all bidi marks), lone surrogates, private and non-characters, line separators. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{NChar}]/gu
const UNSAFE_IN_LINES = /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{NChar}]/gu

/** Made safe on one line. Beyond `cap` UTF-16 units it is cut, and how much was left out is told. */
export function oneLine(text: string, cap = 4_000): string {
  return capped(text, cap, (kept) => kept.replace(UNSAFE, visible))
}

/** The same with line feeds and tabs kept. */
export function manyLines(text: string, cap = 64_000): string {
  return capped(text, cap, (kept) => kept.replace(UNSAFE_IN_LINES, visible))
}

/** The same JSON, with what is unsafe to show written as `\uNNNN`: read back, it gives the same value. */
export function safeJson(json: string): string {
  return json.replace(UNSAFE_IN_LINES, (character) => {
    const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
  })
}

/** Bytes as hex and text, `20 61 64  ' ad'`; beyond `cap` bytes only how many there are more. */
export function hexText(bytes: Uint8Array, cap = 16): string {
  if (bytes.length === 0) return '(no bytes)'
  const shown = bytes.subarray(0, cap)
  const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const text = Array.from(shown, characterOf).join('')
  const rest = bytes.length - shown.length
  return `${hex}  '${text}'${rest > 0 ? ` … ${counted(rest, 'more byte')}` : ''}`
}

/** One byte as text: printable ASCII as it is, `\r`, `\n` and `\t` by name, a dot for all others. */
function characterOf(byte: number): string {
  if (byte === 0x0d) return '\\r'
  if (byte === 0x0a) return '\\n'
  if (byte === 0x09) return '\\t'
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  return code <= 0xff ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`
}

function capped(text: string, cap: number, made: (kept: string) => string): string {
  if (text.length <= cap) return made(text)
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(cap - 1)) && /[\udc00-\udfff]/.test(text.charAt(cap))
  const end = splitsPair ? cap - 1 : cap
  return `${made(text.slice(0, end))} … ${counted(text.length - end, 'more character')}`
}
