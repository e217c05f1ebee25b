import type { Random } from 'fast-check'
import { oneIn, pick } from '../chance.ts'

// Buffers are made in powers of two and lengths in steps of seven or eight bits: what goes wrong goes wrong at these.
const EDGES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025]
const PAGES = [2047, 2048, 2049, 4091, 4095, 4096, 4097, 8191, 8192, 8193, 16_383, 16_384, 16_385]
const LARGE = [32_768, 65_526, 65_535, 65_536, 65_537, 131_072]

/**
 * A number of data bytes, 0 … limit: mostly small, often at an edge, now and then as large as it may be. `around`: bytes
 * that a message has around its data; then every second one at an edge is at it with them, as it lies in a buffer.
 */
export function pickSize(chance: Random, limit: number, around = 0): number {
  const kind = chance.nextInt(0, 999)
  if (kind < 2) return limit - chance.nextInt(0, Math.min(1, limit))
  // Nothing is the size that is forgotten most often.
  if (kind >= 950) return 0
  const edges = kind < 10 ? LARGE : kind < 50 ? PAGES : kind < 450 ? EDGES : undefined
  if (edges === undefined) return Math.min(limit, chance.nextInt(0, 64))
  const edge = pick(chance, edges)
  const isWhole = around > 0 && oneIn(chance, 2) && edge > around
  return Math.min(limit, isWhole ? edge - around : edge)
}
