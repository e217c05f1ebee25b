import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, linesCodec } from './lines.ts'
import { codecSuite } from './testing/codec-suite.ts'
import { bytesOf, hexOf } from './testing/tearing.ts'

const line = (text: string, ending: Line['ending']) => ({
  frame: { text: Uint8Array.from(Buffer.from(text, 'latin1')), ending },
})
const texts = fc
  .uint8Array({ maxLength: 80, size: 'max' })
  .map((bytes) => bytes.map((byte) => (byte === 10 ? 13 : byte)))
const lines: fc.Arbitrary<Line> = fc
  .record({ text: texts, ending: fc.constantFrom<Line['ending'][]>('\n', '\r\n') })
  .filter(({ text, ending }) => ending === '\r\n' || text.at(-1) !== 13)

codecSuite('lines', linesCodec({ limit: 300_000 }), {
  streams: [
    { title: 'an empty stream', hex: '', items: [] },
    { title: 'a line with LF', hex: '616263 0a', items: [line('abc', '\n')] },
    { title: 'a line with CRLF', hex: '616263 0d0a', items: [line('abc', '\r\n')] },
    {
      title: 'empty lines of both kinds',
      hex: '0a 0d0a 0a',
      items: [line('', '\n'), line('', '\r\n'), line('', '\n')],
    },
    { title: 'a lone CR inside a line', hex: '61 0d 62 0a', items: [line('a\rb', '\n')] },
    { title: 'a CR before CRLF', hex: '61 0d 0d0a', items: [line('a\r', '\r\n')] },
    { title: 'bytes that are not text', hex: '00ff80 0a', items: [line('\0\xff\x80', '\n')] },
    { title: 'a line without an ending', hex: '61 0a 62', items: [line('a', '\n')], end: [{ bad: 'truncated' }] },
    { title: 'an end after CR', hex: '61 0d', items: [], end: [{ bad: 'truncated' }] },
  ],
  frames: lines,
  unfinished: '61 0d',
  large: { text: new Uint8Array(250_000).fill(0x61), ending: '\r\n' },
})

codecSuite('lines of at most three bytes', linesCodec({ limit: 3 }), {
  streams: [
    {
      title: 'lines of exactly the limit',
      hex: '616263 0d0a 616263 0a',
      items: [line('abc', '\r\n'), line('abc', '\n')],
    },
    { title: 'a line that is too long', hex: '61 0a 61626364 0a', items: [line('a', '\n'), { bad: 'oversize' }] },
    { title: 'a CR at the limit that ends nothing', hex: '6162630d 62 0a', items: [{ bad: 'oversize' }] },
  ],
  frames: lines.map(({ text, ending }) => ({ text: text.slice(0, 3).map((byte) => byte | 0x20), ending })),
  unfinished: '6162630d',
  refusals: [
    { title: 'a fourth byte of text', hex: '61626364', kind: 'oversize' },
    { title: 'a second CR', hex: '6162630d0d', kind: 'oversize' },
  ],
  large: { text: bytesOf('616263'), ending: '\n' },
})

describe('linesCodec', () => {
  const codec = linesCodec()

  it('takes 65,536 bytes of text by default and not one more', () => {
    const text = new Uint8Array(65_536).fill(0x61)
    expect(codec.decoder().push(codec.encode({ text, ending: '\n' }))).toHaveLength(1)
    expect(codec.decoder().push(new Uint8Array(65_537).fill(0x61))).toMatchObject([{ is: 'bad', kind: 'oversize' }])
  })
  it('refuses to encode text that would be read as another line', () => {
    expect(() => codec.encode({ text: bytesOf('610a62'), ending: '\n' })).toThrow(/read too early/)
    expect(() => codec.encode({ text: bytesOf('610d'), ending: '\n' })).toThrow(RangeError)
  })
  it('keeps the ending when the text is exchanged', () => {
    expect(hexOf(codec.withData!(bytesOf('6162 0d0a'), bytesOf('63'))!)).toBe('630d0a')
    expect(codec.withData!(bytesOf('61 0a'), bytesOf('0a'))).toBeUndefined()
    expect(codec.withData!(bytesOf('61 0a 62 0a'), bytesOf(''))).toBeUndefined()
  })
})
