import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declaredCodec } from './parts.ts'
import { codecSuite } from './testing/codec-suite.ts'
import { part, partsFrames, zeros } from './testing/parts-fixtures.ts'
import { bytesOf, hexOf } from './testing/tearing.ts'

const twoBytes = declaredCodec({ framing: 'length', length: { offset: 0, width: 2, order: 'big' }, head: 2 })
codecSuite('a two-byte length', twoBytes, {
  streams: [
    { title: 'no data', hex: '0000', items: [part('0000', '')] },
    { title: 'two frames', hex: '0003 616263 0001 64', items: [part('0003', '616263'), part('0001', '64')] },
    { title: 'half a length', hex: '00', items: [], end: [{ bad: 'truncated' }] },
  ],
  frames: partsFrames(twoBytes, 2),
  unfinished: '0100 61',
  claim: 'ffff 00',
  large: { head: zeros(2), data: zeros(65_535) },
})

const whole = declaredCodec({
  framing: 'length',
  length: { offset: 2, width: 4, order: 'little', counts: 'frame' },
  head: 8,
  limit: 100_000,
})
codecSuite('a little-endian length of the whole frame, inside the head', whole, {
  streams: [
    { title: 'no data', hex: 'aabb 08000000 ccdd', items: [part('aabb08000000ccdd', '')] },
    { title: 'one byte', hex: 'aabb 09000000 ccdd 61', items: [part('aabb09000000ccdd', '61')] },
    { title: 'a length below the head', hex: 'aabb 07000000 ccdd', items: [{ bad: 'undersize' }] },
  ],
  frames: partsFrames(whole, 8),
  unfinished: 'aabb 0900',
  refusals: [
    { title: 'a length over the limit', hex: 'aabb a9860100', kind: 'oversize' },
    { title: 'a length of nothing', hex: 'aabb 00000000', kind: 'undersize' },
  ],
  claim: 'aabb a8860100',
  large: { head: zeros(8), data: zeros(100_000) },
})

const modbus = declaredCodec({
  framing: 'length',
  length: { offset: 2, width: 1, order: 'big' },
  head: 3,
  checksum: { algorithm: 'crc16-modbus', width: 2, order: 'little', covers: 'head+data' },
})
codecSuite('Modbus RTU answers with their CRC-16', modbus, {
  streams: [
    { title: 'one register', hex: '01 04 02 ffff b880', items: [part('010402', 'ffff')] },
    { title: 'a wrong checksum', hex: '01 04 02 ffff b881 01', items: [{ bad: 'checksum' }] },
  ],
  frames: partsFrames(modbus, 3, fc.uint8Array({ maxLength: 255, size: 'max' })),
  unfinished: '01 04 02 ff',
  claim: '01 04 ff',
  large: { head: zeros(3), data: zeros(255) },
})

const after = declaredCodec({
  framing: 'length',
  length: { offset: 1, width: 2, order: 'big', counts: 'after', adjust: -1 },
  head: 4,
  checksum: { algorithm: (bytes) => -bytes.length, width: 1, order: 'big', covers: 'data' },
})
codecSuite('a length of what comes after it but for the checksum, which is our own', after, {
  streams: [
    { title: 'no data', hex: 'aa 0001 bb 00', items: [part('aa0001bb', '')] },
    { title: 'two bytes', hex: 'aa 0003 bb 6162 fe', items: [part('aa0003bb', '6162')] },
    { title: 'a length that leaves out the head', hex: 'aa 0000 bb', items: [{ bad: 'undersize' }] },
  ],
  frames: partsFrames(after, 4),
  unfinished: 'aa 0003',
  large: { head: zeros(4), data: zeros(65_534) },
})

describe('a declared checksum', () => {
  it('keeps the wrong bits of any checksum when the data is exchanged', () => {
    const bytes = modbus.encode({ head: zeros(3), data: bytesOf('0102') })
    bytes[bytes.length - 1]! ^= 0x81
    const expected = modbus.encode({ head: zeros(3), data: bytesOf('ff') })
    expected[expected.length - 1]! ^= 0x81
    expect(hexOf(modbus.withData!(bytes, bytesOf('ff'))!)).toBe(hexOf(expected))
  })
})
