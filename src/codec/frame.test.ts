import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ERROR_CODE, errorFrame, FRAME_TYPE, type Frame, frameCodec } from './frame.ts'
import { codecSuite } from './testing/codec-suite.ts'
import { bytesOf, hexOf } from './testing/tearing.ts'

const ping: Frame = { type: 0x01, data: bytesOf('70696e67') }
const empty: Frame = { type: 0x01, data: bytesOf('') }
const stop: Frame = { type: 0x04, data: bytesOf('') }
const PING = '00000004 01 70696e67 44699de9'
const EMPTY = '00000000 01 b125c78b'
const STOP = '00000000 04 c14f3304'
const frames = fc.record({ type: fc.nat({ max: 255 }), data: fc.uint8Array({ maxLength: 600, size: 'max' }) })

codecSuite('the frame protocol', frameCodec(), {
  streams: [
    { title: 'an empty stream', hex: '', items: [] },
    { title: 'MESSAGE ping', hex: PING, items: [{ frame: ping }] },
    { title: 'a MESSAGE without data', hex: EMPTY, items: [{ frame: empty }] },
    {
      title: 'a PING with a two-byte character',
      hex: '00000002 02 d0bf ee07a899',
      items: [{ frame: { type: 2, data: bytesOf('d0bf') } }],
    },
    { title: 'STOP', hex: STOP, items: [{ frame: stop }] },
    {
      title: 'ERROR bad checksum',
      hex: '0000000d 7f 01 62616420636865636b73756d 4efbfe42',
      items: [{ frame: errorFrame(ERROR_CODE.CHECKSUM, 'bad checksum') }],
    },
    {
      title: 'three frames in a row',
      hex: PING + EMPTY + STOP,
      items: [{ frame: ping }, { frame: empty }, { frame: stop }],
    },
    {
      title: 'a wrong checksum between good frames',
      hex: `${PING} 00000000 01 b125c78a ${STOP}`,
      items: [{ frame: ping }, { bad: 'checksum' }],
    },
    {
      title: 'a length over the limit after a good frame',
      hex: `${PING} 00100001 ${STOP}`,
      items: [{ frame: ping }, { bad: 'oversize' }],
    },
    { title: 'a frame cut short', hex: `${EMPTY} 0000`, items: [{ frame: empty }], end: [{ bad: 'truncated' }] },
    { title: 'a frame without its last byte', hex: '00000000 01 b125c7', items: [], end: [{ bad: 'truncated' }] },
  ],
  frames,
  unfinished: '00000004 01 7069',
  refusals: [
    { title: 'a length one over the limit', hex: '00100001', kind: 'oversize' },
    { title: 'the greatest length', hex: 'ffffffff', kind: 'oversize' },
    { title: 'a wrong checksum', hex: '00000000 01 b125c700', kind: 'checksum' },
  ],
  claim: '00100000 01',
  large: { type: 1, data: new Uint8Array(1_048_576).fill(0x5a) },
})

describe('frameCodec', () => {
  const codec = frameCodec()

  it('takes a frame of exactly the limit and refuses one byte more', () => {
    const small = frameCodec({ limit: 3 })
    const atLimit = { type: 1, data: bytesOf('010203') }
    expect(small.decoder().push(small.encode(atLimit))).toEqual([{ is: 'frame', frame: atLimit }])
    expect(small.decoder().push(bytesOf('00000004'))).toMatchObject([{ is: 'bad', kind: 'oversize' }])
    expect(() => small.encode({ type: 1, data: bytesOf('01020304') })).toThrow(/0 to 3 bytes of data, not 4/)
  })
  it('names the fields of the protocol', () => {
    expect(codec.fields(bytesOf(PING))).toEqual([
      { part: 'length', start: 0, end: 4 },
      { part: 'type', start: 4, end: 5 },
      { part: 'data', start: 5, end: 9 },
      { part: 'checksum', start: 9, end: 13 },
    ])
  })
  it('names the fields that are there of a frame cut short', () => {
    expect(codec.fields(bytesOf('00000004 01 70'))).toEqual([
      { part: 'length', start: 0, end: 4 },
      { part: 'type', start: 4, end: 5 },
      { part: 'data', start: 5, end: 6 },
    ])
    expect(codec.fields(bytesOf('0000'))).toEqual([{ part: 'length', start: 0, end: 2 }])
  })
  it('keeps a wrong checksum wrong in the same bits when the data is exchanged', () => {
    const wrong = bytesOf('00000004 01 70696e67 44699de8')
    expect(hexOf(codec.withData!(wrong, new Uint8Array(0))!)).toBe('0000000001b125c78a')
  })
  it('exchanges no data where the bytes are not one whole frame', () => {
    for (const hex of ['', '0000', PING.slice(0, -2), PING + EMPTY, `00100001 01`]) {
      expect(codec.withData!(bytesOf(hex), new Uint8Array(0)), hex).toBeUndefined()
    }
  })
  it('says whose mistake a type is that is not a byte', () => {
    expect(() => codec.encode({ type: 256, data: bytesOf('') })).toThrow(/one byte, 0 to 255, not 256/)
  })
  it('makes an ERROR of a code and a reason in UTF-8', () => {
    expect(errorFrame(ERROR_CODE.TRUNCATED, 'п')).toEqual({ type: FRAME_TYPE.ERROR, data: bytesOf('04 d0bf') })
  })
})
