// Stretches of bytes as plain Uint8Arrays, also where the bytes are a Buffer, whose own `slice` and `subarray` are Buffers.

/** The same memory. */
export function viewOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start)
}

/** Memory of its own. */
export function copyOf(bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array {
  const copy = roomFor(end - start)
  copy.set(start === 0 && end === bytes.length ? bytes : viewOf(bytes, start, end))
  return copy
}

const SHARED_ROOM = 32_768
const MOST_SHARED = SHARED_ROOM / 8
let shared = new ArrayBuffer(SHARED_ROOM)
let taken = 0

/** Memory for `size` bytes, all zero. Small ones share a buffer: one each would cost more than coding what is in them. */
export function roomFor(size: number): Uint8Array {
  if (size > MOST_SHARED) return new Uint8Array(size)
  if (taken + size > SHARED_ROOM) {
    shared = new ArrayBuffer(SHARED_ROOM)
    taken = 0
  }
  taken += size
  return new Uint8Array(shared, taken - size, size)
}
