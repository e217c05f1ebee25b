import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Checksum, trailerOf } from './checksum.ts'
import { crc32 } from './crc32.ts'

const CHECK = new TextEncoder().encode('123456789')

/** The checksum of the check string that catalogues of checksums use, behind a head of two bytes that counts or not. */
function due(checksum: Checksum): number {
  const bytes = Uint8Array.of(0xff, 0x0f, ...CHECK)
  return trailerOf(checksum).due(bytes, 0, 2, bytes.length)
}

describe('trailerOf', () => {
  it.each([
    ['crc32', 4, 0xcbf43926],
    ['crc16-modbus', 2, 0x4b37],
    ['sum8', 1, 0xdd],
    ['xor8', 1, 0x31],
  ] as const)('%s of 123456789 is the published value', (algorithm, width, value) => {
    expect(due({ algorithm, width, order: 'big', covers: 'data' })).toBe(value)
  })
  it('covers the head where it is told to', () => {
    expect(due({ algorithm: 'xor8', width: 1, order: 'big', covers: 'head+data' })).toBe(0x31 ^ 0xff ^ 0x0f)
  })
  it('keeps the lowest bytes of a wider value, also of a negative one', () => {
    expect(due({ algorithm: () => 0x12345, width: 2, order: 'big', covers: 'data' })).toBe(0x2345)
    expect(due({ algorithm: () => -1, width: 2, order: 'big', covers: 'data' })).toBe(0xffff)
  })
  it.each([0, 7, 1.5])('refuses a width of %d bytes', (width) => {
    expect(() => trailerOf({ algorithm: 'sum8', width, order: 'big', covers: 'data' })).toThrow(/1 to 6 bytes wide/)
  })
})

describe('crc32', () => {
  it('is what zlib says, of any length and from any offset', () => {
    const slices = fc.tuple(fc.uint8Array({ maxLength: 800, size: 'max' }), fc.nat({ max: 20 }))
    fc.assert(
      fc.property(slices, ([bytes, skipped]) => {
        const start = Math.min(skipped, bytes.length)
        expect(crc32(bytes, start)).toBe(zlibCrc32(bytes.subarray(start)))
      }),
    )
  })
})
