import fc, { type Arbitrary } from 'fast-check'
import type { Codec, Item } from '../codec.ts'

/** What a stream must mean: a frame, or the kind of what makes it unreadable. */
export type Meaning<F> = { readonly frame: F } | { readonly bad: string }

/** What a decoder said while the bytes came, and at their end. */
export interface Reading {
  readonly items: readonly unknown[]
  readonly end: readonly unknown[]
}

/**
 * Decodes `bytes` torn at `cuts`: ascending offsets, each torn once. Every chunk is overwritten as soon as it was
 * pushed, so that a decoder that keeps one, or gives views of it, reads rubbish.
 */
export function readTorn<F>(codec: Codec<F>, bytes: Uint8Array, cuts: readonly number[]): Reading {
  const decoder = codec.decoder()
  const items: Item<F>[] = []
  let from = 0
  for (const to of [...cuts, bytes.length]) {
    const chunk = Buffer.from(bytes.subarray(from, to))
    items.push(...decoder.push(chunk))
    chunk.fill(0xee)
    from = to
  }
  return { items: meaningOf(codec, items.map(toMeaning)), end: meaningOf(codec, decoder.end().map(toMeaning)) }
}

/** In a form that can be compared: where only bytes count, neighbouring frames are one. */
export function meaningOf<F>(codec: Codec<F>, meanings: readonly Meaning<F>[]): readonly unknown[] {
  if (codec.counts === 'frames') return meanings
  const merged: ({ bytes: string } | { bad: string })[] = []
  for (const meaning of meanings) {
    const last = merged.at(-1)
    if ('bad' in meaning) merged.push(meaning)
    else if (last !== undefined && 'bytes' in last) last.bytes += hexOf(codec.encode(meaning.frame))
    else merged.push({ bytes: hexOf(codec.encode(meaning.frame)) })
  }
  return merged
}

export function toMeaning<F>(item: Item<F>): Meaning<F> {
  return item.is === 'frame' ? { frame: item.frame } : { bad: item.kind }
}

/** Bytes of a hex fixture; blanks are for the reader. */
export function bytesOf(hex: string): Uint8Array {
  const digits = hex.replaceAll(/\s/g, '')
  const bytes = Uint8Array.from(Buffer.from(digits, 'hex'))
  if (bytes.length * 2 !== digits.length) throw new TypeError(`not pairs of hex digits: ${hex}`)
  return bytes
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** Cuts between all bytes. */
export function betweenAllBytes(length: number): readonly number[] {
  return Array.from({ length: Math.max(0, length - 1) }, (_, i) => i + 1)
}

/** Some bytes, and where they are torn. */
export function torn(bytes: Arbitrary<Uint8Array>): Arbitrary<{ bytes: Uint8Array; cuts: readonly number[] }> {
  const places = fc.array(fc.nat(), { maxLength: 12 })
  return fc.tuple(bytes, places).map(([some, at]) => {
    const cuts = new Set(at.map((place) => place % (some.length + 1)))
    return { bytes: some, cuts: [...cuts].sort((one, other) => one - other) }
  })
}
