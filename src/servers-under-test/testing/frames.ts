// Frames written by hand with zlib's own CRC-32, so that the tests of servers do not lean on the codec that they use.

import { crc32 } from 'node:zlib'

export function frame(type: number, data: Uint8Array | string = ''): Buffer {
  const body = Buffer.from(data)
  const bytes = Buffer.alloc(9 + body.length)
  bytes.writeUInt32BE(body.length, 0)
  bytes[4] = type
  bytes.set(body, 5)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), 5 + body.length)
  return bytes
}

export const message = (data: Uint8Array | string = '') => frame(0x01, data)
export const ping = (data: Uint8Array | string = '') => frame(0x02, data)
export const pong = (data: Uint8Array | string = '') => frame(0x03, data)
export const stop = (data: Uint8Array | string = '') => frame(0x04, data)

/** A MESSAGE whose checksum has one bit wrong. */
export function badChecksum(data: string): Buffer {
  const bytes = message(data)
  bytes[bytes.length - 1]! ^= 1
  return bytes
}

/** Frames in words: `message "a"`, `error 1` (the code alone counts); what is left over, in hex. */
export function readAnswers(received: Uint8Array): string[] {
  const bytes = Buffer.from(received)
  const answers: string[] = []
  let at = 0
  while (bytes.length - at >= 9 && bytes.length - at >= 9 + bytes.readUInt32BE(at)) {
    const end = at + 9 + bytes.readUInt32BE(at)
    answers.push(describe(bytes.subarray(at, end)))
    at = end
  }
  return at === bytes.length ? answers : [...answers, `rest ${bytes.toString('hex', at)}`]
}

function describe(bytes: Buffer): string {
  const isGood = bytes.readUInt32BE(bytes.length - 4) === crc32(bytes.subarray(0, -4))
  const name = NAMES[bytes[4]!] ?? `type ${bytes[4]}`
  const data = bytes.subarray(5, -4)
  const content = name === 'error' ? `${data[0]}` : `"${data.length > 40 ? `${data.length} bytes` : data}"`
  return `${name} ${content}${isGood ? '' : ' with a bad checksum'}`
}

const NAMES: Readonly<Record<number, string>> = { 1: 'message', 2: 'ping', 3: 'pong', 4: 'stop', 127: 'error' }
