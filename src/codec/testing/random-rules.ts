import fc, { type Arbitrary } from 'fast-check'
import { expect, it } from 'vitest'
import type { Codec } from '../codec.ts'
import { betweenAllBytes, hexOf, meaningOf, readTorn, torn } from './tearing.ts'

export interface RandomFixtures<F> {
  /** Frames as the decoder gives them: what `encode` fills in is filled in. */
  readonly frames: Arbitrary<F>
}

// fast-check shrinks bytes by tens of thousands of calls where their number is what fails.
const SHRINKING_MS = 4_000

/** Registers the rules that hold for all frames and all bytes. */
export function randomRules<F>(codec: Codec<F>, { frames }: RandomFixtures<F>): void {
  const several = fc.array(frames, { maxLength: 5 })
  const encoded = frames.map((frame) => codec.encode(frame))

  it('reads back any frames that it encoded, however torn', () => {
    const stream = several.chain((said) =>
      fc.record({ said: fc.constant(said), torn: torn(fc.constant(Buffer.concat(said.map(codec.encode)))) }),
    )
    check(stream, ({ said, torn: { bytes, cuts } }) => {
      const expected = meaningOf(
        codec,
        said.filter((frame) => codec.encode(frame).length > 0).map((frame) => ({ frame })),
      )
      expect(readTorn(codec, bytes, cuts)).toEqual({ items: expected, end: [] })
    })
  })
  it('never throws, and reads any bytes the same whole, torn and byte by byte', () => {
    check(torn(anyBytes(several, codec)), ({ bytes, cuts }) => {
      const whole = readTorn(codec, bytes, [])
      expect(readTorn(codec, bytes, cuts)).toEqual(whole)
      expect(readTorn(codec, bytes, betweenAllBytes(bytes.length))).toEqual(whole)
    })
  })
  it('gives at most one bad item, as the last', () => {
    check(anyBytes(several, codec), (bytes) => {
      const decoder = codec.decoder()
      const items = [...decoder.push(bytes), ...decoder.end()]
      expect(items.slice(0, -1).every((item) => item.is === 'frame')).toBe(true)
    })
  })
  it('has fields that cover an encoded frame without gap or overlap', () => {
    check(encoded, (bytes) => expect(coverage(codec, bytes)).toBe(bytes.length))
  })
  it('has fields without gap or overlap, and inside the bytes, for any bytes', () => {
    check(anyBytes(several, codec), (bytes) => expect(coverage(codec, bytes)).toBeLessThanOrEqual(bytes.length))
  })
  it('exchanges the data of a frame and puts it back', () => {
    check(fc.tuple(encoded, encoded), ([one, other]) => {
      const exchanged = codec.withData?.(one, dataOf(codec, other))
      if (exchanged === undefined) return expect(codec.withData?.(one, dataOf(codec, one))).toEqual(one)
      expect(hexOf(dataOf(codec, exchanged))).toBe(hexOf(dataOf(codec, other)))
      expect(hexOf(codec.withData!(exchanged, dataOf(codec, one))!)).toBe(hexOf(one))
    })
  })
}

/** Bytes at random, and frames of which one byte is wrong. */
function anyBytes<F>(several: Arbitrary<F[]>, codec: Codec<F>): Arbitrary<Uint8Array> {
  const damaged = fc.tuple(several, fc.nat(), fc.nat({ max: 255 })).map(([frames, place, mask]) => {
    const bytes = Uint8Array.from(Buffer.concat(frames.map((frame) => codec.encode(frame))))
    if (bytes.length > 0) bytes[place % bytes.length]! ^= mask
    return bytes
  })
  return fc.oneof(damaged, fc.uint8Array({ maxLength: 120, size: 'max' }))
}

/** How far the fields reach from byte 0; fails where they do not touch. */
function coverage<F>(codec: Codec<F>, bytes: Uint8Array): number {
  let reached = 0
  for (const field of codec.fields(bytes)) {
    expect(field.start).toBe(reached)
    expect(field.end).toBeGreaterThan(field.start)
    reached = field.end
  }
  return reached
}

function dataOf<F>(codec: Codec<F>, bytes: Uint8Array): Uint8Array {
  const fields = codec.fields(bytes).filter((field) => field.part === 'data')
  return Buffer.concat(fields.map((field) => bytes.subarray(field.start, field.end)))
}

function check<T>(values: Arbitrary<T>, holds: (value: T) => void): void {
  fc.assert(
    fc.property(values, (value) => {
      holds(value)
    }),
    { numRuns: 200, interruptAfterTimeLimit: SHRINKING_MS, markInterruptAsFailure: true },
  )
}
