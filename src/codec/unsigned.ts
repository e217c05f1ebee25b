export type ByteOrder = 'big' | 'little'

/** Reads an unsigned number of `width` bytes. Exact up to 6 bytes; above 2^53 it is rounded, never made small. */
export function readUnsigned(bytes: Uint8Array, at: number, width: number, order: ByteOrder): number {
  let value = 0
  if (order === 'big') for (let i = at; i < at + width; i++) value = value * 256 + bytes[i]!
  else for (let i = at + width - 1; i >= at; i--) value = value * 256 + bytes[i]!
  return value
}

/** Writes the lowest `width` bytes of a whole number from 0 to 2^53 - 1. */
export function writeUnsigned(bytes: Uint8Array, at: number, width: number, order: ByteOrder, value: number): void {
  let rest = value
  for (let i = 0; i < width; i++) {
    bytes[order === 'big' ? at + width - 1 - i : at + i] = rest % 256
    rest = Math.floor(rest / 256)
  }
}
