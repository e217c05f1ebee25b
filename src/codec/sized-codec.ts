import type { Codec, Field } from './codec.ts'
import type { PartsFrame } from './parts-frame.ts'
import { type FrameOf, SizedDecoder } from './sized-decoder.ts'
import type { SizedLayout } from './sized-layout.ts'
import { roomFor, viewOf } from './slices.ts'

/** How a codec's own frames are made of the parts of a layout, and taken apart again. */
export interface Shape<F> {
  readonly frameOf: FrameOf<F>
  readonly partsOf: (frame: F) => PartsFrame
}

/** A codec for frames that say at their beginning how long they are. `encode` throws on what the layout cannot hold. */
export function sizedCodec<F>(layout: SizedLayout, shape: Shape<F>): Codec<F> {
  return {
    counts: 'frames',
    encode: (frame) => encodeParts(layout, shape.partsOf(frame)),
    decoder: () => new SizedDecoder(layout, shape.frameOf),
    fields: (bytes) => fieldsOf(layout, bytes),
    withData: (bytes, data) => exchangeData(layout, bytes, data),
  }
}

/** Frames that are the parts themselves. */
export function partsShape({ keptHead }: SizedLayout): Shape<PartsFrame> {
  return {
    frameOf: (bytes, start, dataStart, dataEnd) => ({
      head: viewOf(bytes, start, start + keptHead),
      data: viewOf(bytes, dataStart, dataEnd),
    }),
    partsOf: (frame) => frame,
  }
}

function encodeParts(layout: SizedLayout, { head, data }: PartsFrame): Uint8Array {
  const { least, most } = layout.data
  if (data.length < least || data.length > most) {
    throw new RangeError(`a frame holds ${least} to ${most} bytes of data, not ${data.length}`)
  }
  if (head.length !== layout.keptHead) {
    throw new RangeError(`the head of a frame is ${layout.keptHead} bytes long, not ${head.length}`)
  }
  return assemble(layout, layout.headFor(head, data.length), data)
}

function assemble({ trailer }: SizedLayout, head: Uint8Array, data: Uint8Array): Uint8Array {
  const dataEnd = head.length + data.length
  const bytes = roomFor(dataEnd + trailer.size)
  bytes.set(head)
  bytes.set(data, head.length)
  trailer.write(bytes, dataEnd, trailer.due(bytes, 0, head.length, dataEnd))
  return bytes
}

function fieldsOf(layout: SizedLayout, bytes: Uint8Array): readonly Field[] {
  const head = layout.headFields(bytes)
  const dataStart = head.at(-1)?.end ?? 0
  const size = layout.sizeAt(bytes, 0, bytes.length)
  // Where the length says nothing of use, all that follows the head is data.
  const dataEnd = size > 0 ? size - layout.trailer.size : bytes.length
  const all: readonly Field[] = [
    ...head,
    { part: 'data', start: dataStart, end: dataEnd },
    { part: 'checksum', start: dataEnd, end: dataEnd + layout.trailer.size },
  ]
  return all
    .map((field) => ({ ...field, end: Math.min(field.end, bytes.length) }))
    .filter((field) => field.start < field.end)
}

function exchangeData(layout: SizedLayout, bytes: Uint8Array, data: Uint8Array): Uint8Array | undefined {
  const size = layout.sizeAt(bytes, 0, bytes.length)
  if (size <= 0 || size !== bytes.length) return undefined
  if (data.length < layout.data.least || data.length > layout.data.most) return undefined
  const head = layout.headFor(bytes.subarray(0, layout.keptHead), data.length, bytes)
  const exchanged = assemble(layout, head, data)
  const right = assemble(layout, bytes.subarray(0, layout.headSizeAt(bytes, 0)), dataOf(layout, bytes))
  for (let back = 1; back <= layout.trailer.size; back++) {
    const wrongBits = bytes[bytes.length - back]! ^ right[right.length - back]!
    exchanged[exchanged.length - back]! ^= wrongBits
  }
  return exchanged
}

function dataOf(layout: SizedLayout, bytes: Uint8Array): Uint8Array {
  return bytes.subarray(layout.headSizeAt(bytes, 0), bytes.length - layout.trailer.size)
}
