import { describe, expect, it } from 'vitest'
import { declaredCodec } from './parts.ts'
import { codecSuite } from './testing/codec-suite.ts'
import { part, partsFrames, zeros } from './testing/parts-fixtures.ts'
import { bytesOf, hexOf } from './testing/tearing.ts'

const mqtt = declaredCodec({ framing: 'varint', flavour: 'leb128', head: 1, limit: 300_000 })
codecSuite('an MQTT-like varint length', mqtt, {
  streams: [
    { title: 'PINGREQ', hex: 'c0 00', items: [part('c0', '')] },
    { title: 'a two-byte length', hex: `30 8001 ${'61'.repeat(128)}`, items: [part('30', '61'.repeat(128))] },
    { title: 'a length with more bytes than it needs', hex: '30 818000 61', items: [part('30', '61')], respelt: true },
    { title: 'a length that does not end', hex: 'c000 30 ffffffff 01', items: [part('c0', ''), { bad: 'varint' }] },
    { title: 'an end inside the length', hex: '30 80', items: [], end: [{ bad: 'truncated' }] },
  ],
  frames: partsFrames(mqtt, 1),
  unfinished: '30 02 61',
  refusals: [
    { title: 'a fifth byte of length', hex: '30 80808080', kind: 'varint' },
    { title: 'a length over the limit', hex: '30 e1a712', kind: 'oversize' },
  ],
  claim: '30 e0a712',
  large: { head: bytesOf('30'), data: zeros(300_000) },
})

describe('a declared varint', () => {
  it('keeps a varint as much too long as it was', () => {
    expect(hexOf(mqtt.withData!(bytesOf('30 818000 61'), bytesOf(''))!)).toBe('30808000')
  })
})
