import { expect, test } from 'vitest'
import { hexText, manyLines, oneLine, safeJson } from './escape.ts'
import { HOSTILE, UNSAFE } from './testing/hostile-text.ts'

test.each(Object.entries(HOSTILE))('%s is safe on one line, and escaping it twice changes nothing', (_, text) => {
  const line = oneLine(text, Number.POSITIVE_INFINITY)
  expect(line).not.toMatch(UNSAFE)
  expect(line).not.toMatch(/[\n\t]/)
  expect(oneLine(line, Number.POSITIVE_INFINITY)).toBe(line)
  expect(manyLines(text)).not.toMatch(UNSAFE)
})

test.each([
  ['a\x1b[2J', 'a\\x1b[2J'],
  ['a\u202eb', 'a\\u{202e}b'],
  ['\ud83d', '\\u{d83d}'],
  ['\u{1f600} Привет', '\u{1f600} Привет'],
  ['tab\there', 'tab\\x09here'],
  ['\x9b', '\\x9b'],
])('%j is shown as %s', (text, shown) => {
  expect(oneLine(text)).toBe(shown)
})

test('lines stay lines where many are allowed', () => {
  expect(manyLines('a\n\tb\r\n')).toBe('a\n\tb\\x0d\n')
})

test('long text is cut, not inside a character, and what is left out is counted', () => {
  expect(oneLine('abcdef', 4)).toBe('abcd … 2 more characters')
  expect(oneLine('abc\u{1f600}', 4)).toBe('abc … 2 more characters')
})

test.each([
  [[0x20, 0x61, 0x64], 16, "20 61 64  ' ad'"],
  [[0x0d, 0x0a, 0x09, 0x1b, 0xff], 16, "0d 0a 09 1b ff  '\\r\\n\\t..'"],
  [[1, 2, 3], 2, "01 02  '..' … 1 more byte"],
  [[], 16, '(no bytes)'],
])('the bytes %j, at most %i, are %s', (bytes, cap, shown) => {
  expect(hexText(Uint8Array.from(bytes), cap)).toBe(shown)
})

test.each(Object.entries(HOSTILE))('JSON with %s is safe to show and gives the same text back', (_, text) => {
  const json = safeJson(JSON.stringify({ text, astral: '\u{f0000}' }))
  expect(json).not.toMatch(UNSAFE)
  expect(JSON.parse(json)).toEqual({ text, astral: '\u{f0000}' })
})
