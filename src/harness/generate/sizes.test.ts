import { describe, expect, it } from 'vitest'
import { chanceFor } from '../chance.ts'
import { pickSize } from './sizes.ts'

const MIB = 1_048_576
const EDGES = [0, 1, 127, 128, 4096, 16_383, 16_384, 65_535, 65_536, 65_537]

describe('sizes', () => {
  it('hit every edge, the limit and one less within 4,000 draws', () => {
    const drawn = new Set(draws(4_000, MIB))
    for (const edge of [...EDGES, MIB - 1, MIB]) expect(drawn, `${edge}`).toContain(edge)
  })
  it('are small in nine of ten draws: a conversation must stay cheap', () => {
    const small = draws(2_000, MIB).filter((size) => size <= 1025)
    expect(small.length).toBeGreaterThan(1_800)
  })
  it.each([0, 1, 2, 100, 4096, 65_536])('are whole numbers from 0 to the limit %i, and reach both', (limit) => {
    const drawn = draws(3_000, limit)
    expect(drawn.every((size) => Number.isInteger(size) && size >= 0 && size <= limit)).toBe(true)
    expect(drawn).toEqual(expect.arrayContaining([0, limit, Math.max(0, limit - 1)]))
  })
})

function draws(count: number, limit: number): number[] {
  return Array.from({ length: count }, (_, index) => pickSize(chanceFor(3, 'sizes', index), limit))
}
