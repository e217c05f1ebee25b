import { bad } from './bad.ts'
import { type Checksum, trailerOf } from './checksum.ts'
import type { Field, Item } from './codec.ts'
import { checkedLimit, checkedSize } from './limit.ts'
import { REFUSED, type SizedLayout, UNKNOWN } from './sized-layout.ts'
import { type ByteOrder, readUnsigned, writeUnsigned } from './unsigned.ts'

/** A head of fixed size with a length field of fixed width in it, then data, then perhaps a checksum. */
export interface LengthDeclaration {
  readonly framing: 'length'
  readonly length: LengthField
  /** Bytes before the data; the length field lies among them. */
  readonly head: number
  /** Most bytes of data, by default 1 MiB; a narrow length field may allow fewer. */
  readonly limit?: number
  readonly checksum?: Checksum
}

export interface LengthField {
  readonly offset: number
  /** Bytes, 1 … 8. */
  readonly width: number
  readonly order: ByteOrder
  /** What is counted: the data (so by default), the whole frame, or everything after the length field. */
  readonly counts?: 'data' | 'frame' | 'after'
  /** Added to the count on the wire. */
  readonly adjust?: number
}

/** Throws a RangeError on a declaration that contradicts itself. */
export function lengthLayout(declaration: LengthDeclaration): SizedLayout {
  checkHead(declaration)
  const { length, head } = declaration
  const { offset, width, order } = length
  const trailer = trailerOf(declaration.checksum)
  const besideData = countedBesideData(length, head, trailer.size)
  const data = dataSizes(declaration, besideData)
  const limit = data.most
  const dataSizeAt = (bytes: Uint8Array, start: number) =>
    readUnsigned(bytes, start + offset, width, order) - besideData
  return {
    sizeAt: (bytes, start, end) => {
      if (end - start < offset + width) return UNKNOWN
      const dataSize = dataSizeAt(bytes, start)
      return dataSize < 0 || dataSize > limit ? REFUSED : head + dataSize + trailer.size
    },
    refusal: (bytes, start) => refusalOf(dataSizeAt(bytes, start), limit),
    headSizeAt: () => head,
    headFields: () => headFields(offset, offset + width, head),
    keptHead: head,
    headFor: (kept, dataSize) => withLength(kept, length, dataSize + besideData),
    data,
    trailer,
  }
}

function checkHead({ length, head }: LengthDeclaration): void {
  checkedSize('length.offset', length.offset, 0)
  checkedSize('length.width', length.width, 1, 8)
  checkedSize('head', head, length.offset + length.width)
  const { adjust = 0 } = length
  if (!Number.isSafeInteger(adjust)) throw new RangeError(`length.adjust must be a whole number, not ${adjust}`)
}

/** What the length on the wire is more than the size of the data. */
function countedBesideData(length: LengthField, head: number, trailer: number): number {
  const { counts = 'data', adjust = 0 } = length
  if (counts === 'data') return adjust
  const before = counts === 'frame' ? head : head - length.offset - length.width
  return before + trailer + adjust
}

function dataSizes({ length, limit }: LengthDeclaration, besideData: number): SizedLayout['data'] {
  const least = Math.max(0, -besideData)
  const most = Math.min(checkedLimit(limit), 256 ** length.width - 1 - besideData)
  if (most >= least) return { least, most }
  throw new RangeError(`no data fits: at most ${most} bytes by limit and width, at least ${least}`)
}

function refusalOf(dataSize: number, limit: number): Item<never> {
  if (dataSize > limit) return bad('oversize', `the length says ${dataSize} bytes of data; the limit is ${limit}`)
  return bad('undersize', `the length is ${-dataSize} less than what it counts besides the data`)
}

function withLength(kept: Uint8Array, { offset, width, order }: LengthField, value: number): Uint8Array {
  const head = new Uint8Array(kept)
  writeUnsigned(head, offset, width, order, value)
  return head
}

function headFields(start: number, end: number, head: number): readonly Field[] {
  const fields: readonly Field[] = [
    { part: 'header', start: 0, end: start },
    { part: 'length', start, end },
    { part: 'header', start: end, end: head },
  ]
  return fields.filter((field) => field.start < field.end)
}
