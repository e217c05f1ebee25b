import { bad } from './bad.ts'
import { type Checksum, trailerOf } from './checksum.ts'
import type { Field, Item } from './codec.ts'
import { checkedLimit, checkedSize } from './limit.ts'
import { REFUSED, type SizedLayout, UNKNOWN } from './sized-layout.ts'

/** Perhaps a few bytes, then the number of data bytes as a varint, then data, then perhaps a checksum. */
export interface VarintDeclaration {
  readonly framing: 'varint'
  /** Seven bits a byte, lowest first, the top bit where more follow (MQTT, Protocol Buffers). */
  readonly flavour: 'leb128'
  /** Bytes before the varint, by default none. */
  readonly head?: number
  /** Most bytes of the varint, 1 … 7; by default 4, as in MQTT. */
  readonly maxVarintBytes?: number
  /** Most bytes of data, by default 1 MiB; a short varint may allow fewer. */
  readonly limit?: number
  readonly checksum?: Checksum
}

/** Throws a RangeError on a declaration that contradicts itself. */
export function varintLayout(declaration: VarintDeclaration): SizedLayout {
  const head = checkedSize('head', declaration.head ?? 0, 0)
  const widest = checkedSize('maxVarintBytes', declaration.maxVarintBytes ?? 4, 1, 7)
  const trailer = trailerOf(declaration.checksum)
  const limit = Math.min(checkedLimit(declaration.limit), 128 ** widest - 1)
  const headSizeAt = (bytes: Uint8Array, start: number) => head + varintWidth(bytes, start + head, widest)
  return {
    sizeAt: (bytes, start, end) => {
      const width = varintWidth(bytes, start + head, Math.min(widest, end - start - head))
      if (width === 0) return end - start - head < widest ? UNKNOWN : REFUSED
      const dataSize = readVarint(bytes, start + head, width)
      return dataSize > limit ? REFUSED : head + width + dataSize + trailer.size
    },
    refusal: (bytes, start) => refusalOf(bytes, start + head, widest, limit),
    headSizeAt,
    headFields: (bytes) => headFields(head, headSizeAt(bytes, 0), widest),
    keptHead: head,
    headFor: (kept, dataSize, like) => {
      const padding = like === undefined ? 0 : paddingOf(like, head, widest)
      return withVarint(kept, dataSize, Math.min(widest, leastWidth(dataSize) + padding))
    },
    data: { least: 0, most: limit },
    trailer,
  }
}

function refusalOf(bytes: Uint8Array, at: number, widest: number, limit: number): Item<never> {
  const width = varintWidth(bytes, at, widest)
  if (width === 0) return bad('varint', `the length does not end within ${widest} bytes`)
  return bad('oversize', `the length says ${readVarint(bytes, at, width)} bytes of data; the limit is ${limit}`)
}

/** Bytes of the varint at `at`, or 0 where it does not end within `most` bytes. */
function varintWidth(bytes: Uint8Array, at: number, most: number): number {
  for (let width = 1; width <= most; width++) if (bytes[at + width - 1]! < 0x80) return width
  return 0
}

function readVarint(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = at + width - 1; i >= at; i--) value = value * 128 + (bytes[i]! & 0x7f)
  return value
}

function withVarint(kept: Uint8Array, value: number, width: number): Uint8Array {
  const bytes = new Uint8Array(kept.length + width)
  bytes.set(kept)
  let rest = value
  for (let i = 0; i < width; i++) {
    bytes[kept.length + i] = (rest % 128) | (i < width - 1 ? 0x80 : 0)
    rest = Math.floor(rest / 128)
  }
  return bytes
}

function leastWidth(value: number): number {
  let width = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) width++
  return width
}

/** Bytes by which an encoded frame's varint is longer than it need be. */
function paddingOf(bytes: Uint8Array, head: number, widest: number): number {
  const width = varintWidth(bytes, head, widest)
  return width - leastWidth(readVarint(bytes, head, width))
}

function headFields(head: number, headSize: number, widest: number): readonly Field[] {
  const unended = headSize === head
  const fields: readonly Field[] = [
    { part: 'header', start: 0, end: head },
    { part: 'length', start: head, end: unended ? head + widest : headSize },
  ]
  return fields.filter((field) => field.start < field.end)
}
