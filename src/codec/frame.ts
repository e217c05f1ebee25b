// The frame protocol's framing, byte for byte as frame-protocol.md has it: length, type, data, CRC-32. It is the
// length codec declared from parts, with frames of its own shape.

import type { Codec } from './codec.ts'
import { lengthLayout } from './length-prefix.ts'
import { DEFAULT_LIMIT } from './limit.ts'
import { type Shape, sizedCodec } from './sized-codec.ts'
import { viewOf } from './slices.ts'

/** `type` is one byte, 0 … 255. */
export interface Frame {
  readonly type: number
  readonly data: Uint8Array
}

/** The types that the protocol gives a meaning. */
export const FRAME_TYPE = { MESSAGE: 0x01, PING: 0x02, PONG: 0x03, STOP: 0x04, ERROR: 0x7f } as const

/** The first data byte of an ERROR frame. */
export const ERROR_CODE = { CHECKSUM: 1, OVERSIZE: 2, UNKNOWN_TYPE: 3, TRUNCATED: 4, IDLE: 5 } as const

/** Bytes that a frame is longer than its data. */
export const FRAME_OVERHEAD = 9

/**
 * Bad kinds: `oversize` at the fourth byte of a length over the limit, `checksum` when the frame is whole, `truncated`
 * where the stream ends inside a frame. `limit` is the most data bytes of a frame. `encode` throws a RangeError on more,
 * and on a type that is not a byte.
 */
export function frameCodec({ limit = DEFAULT_LIMIT }: { readonly limit?: number } = {}): Codec<Frame> {
  const layout = lengthLayout({
    framing: 'length',
    length: { offset: 0, width: 4, order: 'big' },
    head: 5,
    checksum: { algorithm: 'crc32', width: 4, order: 'big', covers: 'head+data' },
    limit,
  })
  const codec = sizedCodec(layout, SHAPE)
  return {
    ...codec,
    fields: (bytes) =>
      codec.fields(bytes).map((field) => (field.part === 'header' ? { ...field, part: 'type' } : field)),
  }
}

/** What a server says to a bad stream. `reason` is for people and may be empty. */
export function errorFrame(code: number, reason: string): Frame {
  return { type: FRAME_TYPE.ERROR, data: Uint8Array.of(code, ...new TextEncoder().encode(reason)) }
}

/** The head of each type that was encoded, still without its length. */
const HEADS: Uint8Array[] = []

const SHAPE: Shape<Frame> = {
  frameOf: (bytes, start, dataStart, dataEnd) => ({
    type: bytes[start + 4]!,
    data: viewOf(bytes, dataStart, dataEnd),
  }),
  partsOf: ({ type, data }) => {
    if (!Number.isInteger(type) || type < 0 || type > 255) {
      throw new RangeError(`a frame's type is one byte, 0 to 255, not ${type}`)
    }
    HEADS[type] ??= Uint8Array.of(0, 0, 0, 0, type)
    return { head: HEADS[type], data }
  },
}
