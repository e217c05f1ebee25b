/** The bytes at hand end inside a character that may yet be well-formed. */
export const INCOMPLETE = 0
/** No continuation makes this a character. */
export const MALFORMED = -1

/**
 * Bytes of the character that begins at `at`, 1 … 4, else INCOMPLETE or MALFORMED, told at the first byte that settles
 * it: The Unicode Standard, table 3-7. Overlong forms, surrogates and code points above 10FFFF are malformed.
 */
export function characterSize(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!
  const size = sizeByLead(lead)
  if (size <= 1 || at + 1 === end) return size === MALFORMED || size === 1 ? size : INCOMPLETE
  const second = bytes[at + 1]!
  if (second < leastSecond(lead) || second > greatestSecond(lead)) return MALFORMED
  for (let i = at + 2; i < at + size; i++) {
    if (i === end) return INCOMPLETE
    if ((bytes[i]! & 0xc0) !== 0x80) return MALFORMED
  }
  return size
}

function sizeByLead(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return MALFORMED
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

function leastSecond(lead: number): number {
  if (lead === 0xe0) return 0xa0
  return lead === 0xf0 ? 0x90 : 0x80
}

function greatestSecond(lead: number): number {
  if (lead === 0xed) return 0x9f
  return lead === 0xf4 ? 0x8f : 0xbf
}
