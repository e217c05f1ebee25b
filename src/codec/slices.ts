// Stretches of bytes as plain Uint8Arrays, also where the bytes are a Buffer, whose own `slice` and `subarray` are Buffers.

/** The same memory. */
export function viewOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start)
}

/** Memory of its own. Small copies come from Node's Buffer pool: an ArrayBuffer each would cost more than the decoding. */
export function copyOf(bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array {
  const copy = Buffer.allocUnsafe(end - start)
  copy.set(start === 0 && end === bytes.length ? bytes : viewOf(bytes, start, end))
  return viewOf(copy, 0, copy.length)
}
