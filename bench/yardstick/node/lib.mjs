// Shared by the Node yardsticks. A frame: u32 BE length of the data | u8 type | data, 0..256 | u32 BE CRC-32 of all before.

import { crc32 } from 'node:zlib'

export const FRAMES = 8
export const HEAD = 5
export const TRAILER = 4
export const MOST = 256
export const LONGEST = HEAD + MOST + TRAILER

let state = (0x9e3779b9 ^ process.pid) | 0

function draw() {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return state >>> 0
}

/** Writes one random frame at `start` and gives its end. The buffer must have 3 bytes to spare. */
export function buildFrame(buffer, start) {
  const length = (draw() >>> 8) % (MOST + 1)
  writeU32(buffer, start, length)
  buffer[start + 4] = 1
  const end = start + HEAD + length
  for (let at = start + HEAD; at < end; at += 4) writeU32(buffer, at, draw())
  writeU32(buffer, end, crc32(buffer.subarray(start, end)))
  return end + TRAILER
}

function writeU32(buffer, at, value) {
  buffer[at] = value >>> 24
  buffer[at + 1] = value >>> 16
  buffer[at + 2] = value >>> 8
  buffer[at + 3] = value
}

export function readU32(buffer, at) {
  return ((buffer[at] << 24) | (buffer[at + 1] << 16) | (buffer[at + 2] << 8) | buffer[at + 3]) >>> 0
}

/** How many whole and right frames `received[0 … length)` holds, all of them those of `sent`; else -1. */
export function check(received, sent, length) {
  let frames = 0
  for (let at = 0; at < length; ) {
    const size = readU32(received, at)
    if (size > MOST || at + HEAD + size + TRAILER > length) return -1
    const end = at + HEAD + size
    if (crc32(received.subarray(at, end)) !== readU32(received, end)) return -1
    at = end + TRAILER
    frames++
  }
  return received.compare(sent, 0, length, 0, length) === 0 ? frames : -1
}

/** `--name=value` and `--name` of the command line. */
export function options() {
  return Object.fromEntries(
    process.argv.slice(2).map((option) => {
      const [name, value] = option.replace(/^--/, '').split('=')
      return [name, value ?? true]
    }),
  )
}
