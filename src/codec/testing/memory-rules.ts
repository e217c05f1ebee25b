import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import type { Codec } from '../codec.ts'
import { bytesOf } from './tearing.ts'

export interface MemoryFixtures<F> {
  /** A frame as large as the limit; for streams of bytes some that go in one chunk. */
  readonly large: F
  /** Bytes, in hex, that promise a frame as large as the limit. */
  readonly claim?: string
}

const CONVERSATION = 2 * 2 ** 20
const CHUNK = 1000
const SLACK = 64 * 1024
const CLAIMANTS = 64

/** Registers the rules about what a decoder may hold and how often it may copy. */
export function memoryRules<F>(codec: Codec<F>, { large, claim }: MemoryFixtures<F>): void {
  const frame = codec.encode(large)

  it('holds nothing when a long conversation is over', () => {
    const decoder = codec.decoder()
    const before = bufferBytes()
    for (let told = 0; told < CONVERSATION; told += frame.length) {
      for (let at = 0; at < frame.length; at += CHUNK) decoder.push(frame.subarray(at, at + CHUNK))
    }
    expect(bufferBytes() - before).toBeLessThan(SLACK)
    expect(decoder.end()).toEqual([])
  })
  it('holds at most twice what has come of a frame', () => {
    const decoder = codec.decoder()
    const before = bufferBytes()
    for (let at = 0; at < frame.length - 1; at += CHUNK) {
      decoder.push(frame.subarray(at, Math.min(at + CHUNK, frame.length - 1)))
    }
    expect(bufferBytes() - before).toBeLessThan(2 * frame.length + SLACK)
    expect(decoder.push(frame.subarray(-1))).toHaveLength(1)
  })
  it('reads a large frame byte by byte in linear time', { timeout: 5_000 }, () => {
    const decoder = codec.decoder()
    let items = 0
    for (let at = 0; at < frame.length; at++) items += decoder.push(frame.subarray(at, at + 1)).length
    expect(items).toBeGreaterThan(0)
    expect(decoder.end()).toEqual([])
  })
  if (claim === undefined) return
  it('sets aside no room for what a header only claims', () => {
    const before = bufferBytes()
    const decoders = Array.from({ length: CLAIMANTS }, () => codec.decoder())
    for (const decoder of decoders) expect(decoder.push(bytesOf(claim))).toEqual([])
    expect(bufferBytes() - before).toBeLessThan(SLACK)
    for (const decoder of decoders) expect(decoder.end()).toMatchObject([{ kind: 'truncated' }])
  })
}

/** Bytes of all buffers in use. Buffers are freed beside the program: the second collection waits for the first. */
function bufferBytes(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
