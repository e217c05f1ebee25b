// The rules that every framing keeps, whatever it frames. A codec's own test file is a table: streams in hex, and what
// they mean. This suite reads each of them torn in every way that its length allows.

import { describe, expect, it } from 'vitest'
import type { Codec } from '../codec.ts'
import { type MemoryFixtures, memoryRules } from './memory-rules.ts'
import { type RandomFixtures, randomRules } from './random-rules.ts'
import { betweenAllBytes, bytesOf, hexOf, type Meaning, meaningOf, type Reading, readTorn } from './tearing.ts'

export interface Stream<F> {
  readonly title: string
  readonly hex: string
  /** What it means while the bytes come. */
  readonly items: readonly Meaning<F>[]
  /** What its end means, by default nothing. */
  readonly end?: readonly Meaning<F>[]
  /** `encode` would spell these frames in another way. */
  readonly respelt?: true
}

export interface CodecFixtures<F> extends RandomFixtures<F>, MemoryFixtures<F> {
  readonly streams: readonly Stream<F>[]
  /** Bytes, in hex, that begin a frame and do not end it. Raw bytes have none. */
  readonly unfinished?: string
  /** Bytes, in hex, that are refused at their last byte and not before. */
  readonly refusals?: readonly { readonly title: string; readonly hex: string; readonly kind: string }[]
}

const MOST_FOR_PAIRS = 40

/** Registers the tests of a codec. */
export function codecSuite<F>(name: string, codec: Codec<F>, fixtures: CodecFixtures<F>): void {
  describe(name, () => {
    for (const stream of fixtures.streams) describe(stream.title, () => streamRules(codec, stream, fixtures.unfinished))
    for (const { title, hex, kind } of fixtures.refusals ?? []) {
      it(`refuses ${title} at the byte that proves it, not before`, () => expectRefusal(codec, bytesOf(hex), kind))
    }
    randomRules(codec, fixtures)
    memoryRules(codec, fixtures)
  })
}

function streamRules<F>(codec: Codec<F>, stream: Stream<F>, unfinished: string | undefined): void {
  const bytes = bytesOf(stream.hex)
  const { items, end = [] } = stream
  const expected = { items: meaningOf(codec, items), end: meaningOf(codec, end) }
  const isBad = [...items, ...end].some((item) => 'bad' in item)
  tearingRules(codec, bytes, expected)
  if (unfinished !== undefined && end.length === 0) {
    it('is read the same with the beginning of a frame after it', () => {
      const longer = Buffer.concat([bytes, bytesOf(unfinished)])
      expectSameInTwo(codec, longer, { items: expected.items, end: isBad ? [] : [{ bad: 'truncated' }] })
    })
  }
  if (isBad && end.length === 0) it('is followed by nothing', () => expectSilenceAfter(codec, bytes))
  if (!isBad && stream.respelt !== true) {
    it('is what its frames are encoded to', () => {
      const frames = items.flatMap((item) => ('frame' in item ? [codec.encode(item.frame)] : []))
      expect(hexOf(Buffer.concat(frames))).toBe(hexOf(bytes))
    })
  }
}

function tearingRules<F>(codec: Codec<F>, bytes: Uint8Array, expected: Reading): void {
  it('is read whole', () => expect(readTorn(codec, bytes, [])).toEqual(expected))
  it('is read byte by byte', () => expect(readTorn(codec, bytes, betweenAllBytes(bytes.length))).toEqual(expected))
  it('is read the same torn in two anywhere, also with an empty chunk', () => expectSameInTwo(codec, bytes, expected))
  if (bytes.length > MOST_FOR_PAIRS) return
  it('is read the same torn in three anywhere', () => expectSameInThree(codec, bytes, expected))
}

function expectSameInTwo<F>(codec: Codec<F>, bytes: Uint8Array, expected: Reading): void {
  for (let cut = 0; cut <= bytes.length; cut++) expect(readTorn(codec, bytes, [cut]), `cut ${cut}`).toEqual(expected)
}

function expectSameInThree<F>(codec: Codec<F>, bytes: Uint8Array, expected: Reading): void {
  for (let first = 1; first < bytes.length; first++) {
    for (let second = first + 1; second < bytes.length; second++) {
      expect(readTorn(codec, bytes, [first, second]), `cuts ${first} and ${second}`).toEqual(expected)
    }
  }
}

function expectSilenceAfter<F>(codec: Codec<F>, bytes: Uint8Array): void {
  const decoder = codec.decoder()
  expect(decoder.push(bytes).at(-1)).toMatchObject({ is: 'bad' })
  expect(decoder.push(bytes)).toEqual([])
  expect(decoder.end()).toEqual([])
}

function expectRefusal<F>(codec: Codec<F>, bytes: Uint8Array, kind: string): void {
  const decoder = codec.decoder()
  for (const byte of bytes.subarray(0, -1)) expect(decoder.push(Uint8Array.of(byte))).toEqual([])
  expect(decoder.push(bytes.subarray(-1))).toMatchObject([{ is: 'bad', kind }])
  expect(codec.decoder().push(bytes)).toMatchObject([{ is: 'bad', kind }])
}
