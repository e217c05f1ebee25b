import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declaredCodec } from './parts.ts'
import { codecSuite } from './testing/codec-suite.ts'
import { part, partsFrames, zeros } from './testing/parts-fixtures.ts'
import { bytesOf } from './testing/tearing.ts'

const fixed = declaredCodec({ framing: 'fixed', size: 4 })
codecSuite('frames of four bytes', fixed, {
  streams: [
    { title: 'two frames', hex: '61626364 65666768', items: [part('', '61626364'), part('', '65666768')] },
    { title: 'half a frame', hex: '6162', items: [], end: [{ bad: 'truncated' }] },
  ],
  frames: partsFrames(fixed, 0, fc.uint8Array({ minLength: 4, maxLength: 4 })),
  unfinished: '616263',
  large: { head: zeros(0), data: zeros(4) },
})

const twoBytes = declaredCodec({ framing: 'length', length: field(0, 2), head: 2 })
const crlf = declaredCodec({ framing: 'delimiter', delimiter: '\r\n' })

describe('declaredCodec', () => {
  it.each([
    [
      'a head that ends before its length',
      { framing: 'length', length: field(2, 4), head: 5 },
      /head must be .* from 6/,
    ],
    ['a length of nine bytes', { framing: 'length', length: field(0, 9), head: 9 }, /length.width must be .* 1 to 8/],
    ['half a byte to adjust', { framing: 'length', length: field(0, 2, 0.5), head: 2 }, /whole number, not 0.5/],
    ['a length too narrow', { framing: 'length', length: field(0, 1, 300), head: 1 }, /no data fits/],
    ['a negative limit', { framing: 'delimiter', delimiter: 'x', limit: -1 }, /limit must be .* not -1/],
    ['a varint of eight bytes', { framing: 'varint', flavour: 'leb128', maxVarintBytes: 8 }, /1 to 7, not 8/],
    ['frames of no size', { framing: 'fixed', size: 0 }, /size must be .* not 0/],
    ['no delimiter', { framing: 'delimiter', delimiter: [] }, /at least one delimiter/],
    ['an empty delimiter', { framing: 'delimiter', delimiter: '' }, /at least one byte/],
    ['a hidden delimiter', { framing: 'delimiter', delimiter: ['\r', '\r\n'] }, /0d lies within 0d0a/],
  ] as const)('refuses %s', (_title, declaration, message) => {
    expect(() => declaredCodec(declaration)).toThrow(message)
  })
  it('refuses to encode what the declaration has no room for', () => {
    expect(() => twoBytes.encode({ head: zeros(2), data: zeros(65_536) })).toThrow(
      /0 to 65535 bytes of data, not 65536/,
    )
    expect(() => twoBytes.encode({ head: zeros(3), data: zeros(0) })).toThrow(/head of a frame is 2 bytes long, not 3/)
    expect(() => fixed.encode({ head: zeros(0), data: zeros(3) })).toThrow(/4 to 4 bytes of data, not 3/)
    expect(() => crlf.encode({ head: zeros(1), data: zeros(0) })).toThrow(/no head/)
    expect(() => crlf.encode({ head: zeros(0), data: bytesOf('610d0a') })).toThrow(/read too early/)
  })
})

function field(offset: number, width: number, adjust = 0) {
  return { offset, width, order: 'big', adjust } as const
}
