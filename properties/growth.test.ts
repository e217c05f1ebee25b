import { describe, expect, it } from 'vitest'
import { growthOf } from './growth.ts'

const times = (count: number, ms: (at: number) => number): number[] => Array.from({ length: count }, (_, at) => ms(at))

describe('the growth of times', () => {
  it('is told by the medians of eighths', () => {
    expect(growthOf(times(80, (at) => at))).toEqual({ first: 5, last: 75, excess: 2_800, straightness: 1 })
  })
  it('is none where all are the same', () => {
    expect(growthOf(times(1_000, () => 3))).toEqual({ first: 3, last: 3, excess: 0, straightness: 0 })
  })
  it('is the same with some that are far longer', () => {
    const withSpikes = times(80, (at) => (at % 5 === 0 ? 1_000 : 3))
    expect(growthOf(withSpikes)).toMatchObject({ first: 3, last: 3, excess: 0 })
  })
  it.each([
    ['a step', (at: number) => (at < 40 ? 1 : 9), 0.75, 0.77],
    ['a step at the end', (at: number) => (at < 70 ? 1 : 9), 0, 0.4],
    ['what falls', (at: number) => 80 - at, 0, 0],
    ['a line that bends up', (at: number) => (at < 40 ? at : 3 * at - 80), 0.9, 0.99],
  ] as const)('%s is no straight line, or less of one', (_, ms, least, most) => {
    const { straightness = -1 } = growthOf(times(80, ms)) ?? {}
    expect(straightness).toBeGreaterThanOrEqual(least)
    expect(straightness).toBeLessThanOrEqual(most)
  })
  it('cannot be told of few', () => {
    expect(growthOf(times(63, (at) => at))).toBeUndefined()
    expect(growthOf(times(64, (at) => at))).toBeDefined()
  })
})
