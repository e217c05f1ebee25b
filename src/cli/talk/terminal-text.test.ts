import { expect, test } from 'vitest'
import { TerminalText } from './terminal-text.ts'

test.each([
  ['plain text\nand more\n', 'plain text\nand more\n'],
  ['žluťoučký 🙂\n', 'žluťoučký 🙂\n'],
  ['a\r\nb\r\n', 'a\nb\n'],
  ['a\rb\r\r\n\r', 'a\\x0db\\x0d\n\\x0d'],
  ['\x1b[2J\x07\u202egnp.exe', '\\x1b[2J\\x07\\u{202e}gnp.exe'],
  ['\tx', '\tx'],
])('%j is shown as %j, however it is torn', (said, shown) => {
  const bytes = Buffer.from(said)
  for (let at = 0; at <= bytes.length; at++) {
    const text = new TerminalText()
    expect(text.push(bytes.subarray(0, at)) + text.push(bytes.subarray(at)) + text.end()).toBe(shown)
  }
})

test('what is no UTF-8 is shown as such, also at the end', () => {
  const text = new TerminalText()
  expect(text.push(Buffer.of(0x61, 0xff, 0xe2, 0x82)) + text.end()).toBe('a\ufffd\ufffd')
})
