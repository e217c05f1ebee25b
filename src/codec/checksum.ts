import { crc32 } from './crc32.ts'
import { viewOf } from './slices.ts'
import { type ByteOrder, readUnsigned, writeUnsigned } from './unsigned.ts'

/** A checksum that trails the data. A function of one's own gives a whole number; its lowest `width` bytes are written. */
export interface Checksum {
  readonly algorithm: 'crc32' | 'crc16-modbus' | 'sum8' | 'xor8' | ((bytes: Uint8Array) => number)
  /** Bytes on the wire, 1 … 6. */
  readonly width: number
  readonly order: ByteOrder
  /** `head+data`: every byte of the frame before the checksum. */
  readonly covers: 'head+data' | 'data'
}

/** A checksum at work. A frame's bytes begin at `start`, its data at `dataStart`, its checksum at `dataEnd`. */
export interface Trailer {
  readonly size: number
  readonly due: (bytes: Uint8Array, start: number, dataStart: number, dataEnd: number) => number
  readonly read: (bytes: Uint8Array, dataEnd: number) => number
  readonly write: (bytes: Uint8Array, dataEnd: number, value: number) => void
}

type Sum = (bytes: Uint8Array, start: number, end: number) => number

/** What follows the data: a checksum, or nothing. Throws on a width that no checksum can have. */
export function trailerOf(checksum: Checksum | undefined): Trailer {
  if (checksum === undefined) return NO_TRAILER
  const { width, order, covers } = checksum
  if (!Number.isInteger(width) || width < 1 || width > 6) {
    throw new RangeError(`a checksum is 1 to 6 bytes wide, not ${width}: set its width to what stands on the wire`)
  }
  const sum = sumOf(checksum.algorithm)
  const modulus = 256 ** width
  return {
    size: width,
    due: (bytes, start, dataStart, dataEnd) => {
      const value = sum(bytes, covers === 'data' ? dataStart : start, dataEnd) % modulus
      return value < 0 ? value + modulus : value
    },
    read: (bytes, dataEnd) => readUnsigned(bytes, dataEnd, width, order),
    write: (bytes, dataEnd, value) => writeUnsigned(bytes, dataEnd, width, order, value),
  }
}

const NO_TRAILER: Trailer = { size: 0, due: () => 0, read: () => 0, write: () => {} }

function sumOf(algorithm: Checksum['algorithm']): Sum {
  if (typeof algorithm === 'string') return NAMED[algorithm]
  return (bytes, start, end) => algorithm(viewOf(bytes, start, end))
}

const NAMED: Record<Exclude<Checksum['algorithm'], (bytes: Uint8Array) => number>, Sum> = {
  crc32,
  'crc16-modbus': crc16Modbus,
  sum8: (bytes, start, end) => {
    let sum = 0
    for (let at = start; at < end; at++) sum = (sum + bytes[at]!) & 0xff
    return sum
  },
  xor8: (bytes, start, end) => {
    let sum = 0
    for (let at = start; at < end; at++) sum ^= bytes[at]!
    return sum
  },
}

/** CRC-16 of the Modbus serial line specification, V1.02, section 6.2.2. */
function crc16Modbus(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0xffff
  for (let at = start; at < end; at++) {
    crc ^= bytes[at]!
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
  }
  return crc
}
