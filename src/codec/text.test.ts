import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codecSuite } from './testing/codec-suite.ts'
import { bytesOf } from './testing/tearing.ts'
import { textCodec } from './text.ts'

const malformed = [
  ['a lone continuation', '80'],
  ['a broken two-byte character', 'c328'],
  ['an overlong two-byte form', 'c0'],
  ['an overlong three-byte form', 'e080'],
  ['a surrogate', 'eda0'],
  ['an overlong four-byte form', 'f08f'],
  ['a code point above 10FFFF', 'f490'],
  ['a byte that begins nothing', 'f5'],
  ['a three-byte character broken in its last byte', 'e28241'],
  ['a four-byte character broken in its last byte', 'f09f92ff'],
] as const

codecSuite('UTF-8 text', textCodec(), {
  streams: [
    { title: 'an empty stream', hex: '', items: [] },
    { title: 'ASCII', hex: '706f7274', items: [{ frame: 'port' }] },
    { title: 'characters of two, three and four bytes', hex: 'd0bf e282ac f09f92a5', items: [{ frame: 'п€💥' }] },
    {
      title: 'the ends of each length',
      hex: 'c280 dfbf e0a080 ed9fbf ee8080 efbfbf f0908080 f48fbfbf',
      items: [{ frame: '\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}' }],
    },
    { title: 'a byte order mark, which is text', hex: 'efbbbf 61', items: [{ frame: '\ufeffa' }] },
    {
      title: 'text before what is not UTF-8',
      hex: '6162 d0bf c328 63',
      items: [{ frame: 'abп' }, { bad: 'encoding' }],
    },
    { title: 'an end inside a character', hex: '61 e282', items: [{ frame: 'a' }], end: [{ bad: 'truncated' }] },
  ],
  frames: fc.string({ unit: 'binary' }),
  unfinished: 'f09f92',
  refusals: malformed.map(([title, hex]) => ({ title, hex, kind: 'encoding' })),
  large: 'a'.repeat(999),
})

describe('textCodec', () => {
  const codec = textCodec()

  it('marks each character of several bytes, so that cuts fall inside it', () => {
    expect(codec.fields(bytesOf('6162 d0bf e282ac 63')).map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [2, 4],
      [4, 7],
      [7, 8],
    ])
  })
  it('exchanges no data for what is not text', () => {
    expect(codec.withData!(bytesOf('61'), bytesOf('d0'))).toBeUndefined()
    expect(codec.withData!(bytesOf('d0'), bytesOf('61'))).toBeUndefined()
  })
  it('refuses to encode a lone surrogate', () => {
    expect(() => codec.encode('a\ud800')).toThrow(/lone surrogate/)
  })
})
