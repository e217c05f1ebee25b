import { describe, expect, it } from 'vitest'
import { chanceFor, fillRandom, freshSeed, oneIn, pick } from './chance.ts'

const draws = (seed: number, property: string, index: number): number[] => {
  const chance = chanceFor(seed, property, index)
  return Array.from({ length: 4 }, () => chance.nextInt(0, 0x7fffffff))
}

describe('the chance of a case', () => {
  it('is the same for the same seed, property and number', () => {
    expect(draws(1, 'any/answers', 7)).toEqual(draws(1, 'any/answers', 7))
  })
  it.each([
    ['seeds', (at: number) => draws(at, 'any/answers', 0)],
    ['numbers', (at: number) => draws(0, 'any/answers', at)],
    ['properties', (at: number) => draws(0, `any/p${at}`, 0)],
  ])('is another one for other %s', (_, of) => {
    const all = Array.from({ length: 2_000 }, (_, at) => of(at).join())
    expect(new Set(all).size).toBe(all.length)
  })
  it('is even from one case to the next', () => {
    const heads = Array.from({ length: 4_000 }, (_, index) => oneIn(chanceFor(5, 'x', index), 2)).filter(Boolean)
    expect(heads.length).toBeGreaterThan(1_850)
    expect(heads.length).toBeLessThan(2_150)
  })
})

describe('random bytes', () => {
  it.each([0, 1, 2, 3, 4, 5, 1023])('fill %i bytes and not one more', (size) => {
    const bytes = new Uint8Array(size + 8)
    fillRandom(chanceFor(1, 'x', size), bytes, 4, 4 + size)
    expect([...bytes.subarray(0, 4), ...bytes.subarray(4 + size)]).toEqual(Array(8).fill(0))
    if (size > 100) expect(new Set(bytes.subarray(4, 4 + size)).size).toBeGreaterThan(200)
  })
})

it('a pick from nothing is a mistake', () => {
  expect(() => pick(chanceFor(0, '', 0), [])).toThrow('nothing to choose from')
})

it('a fresh seed is one that the command line takes', () => {
  const seeds = Array.from({ length: 50 }, freshSeed)
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed <= 0x7fffffff)).toBe(true)
  expect(new Set(seeds).size).toBeGreaterThan(45)
})
