import { expect, it } from 'vitest'
import type { Property } from './property.ts'
import { comesBack } from './testing/hunting.ts'
import { timeShare } from './time-share.ts'

const cheap = comesBack
const dear: readonly Property[] = [
  { ...comesBack, weight: 4 },
  { ...comesBack, oneAtATime: true },
  { ...comesBack, series: [1, 2] },
]

it('is the same for claims that cost the same, and all of it for the last', () => {
  expect([timeShare([cheap, cheap, cheap, cheap]), timeShare([cheap, cheap]), timeShare([cheap])]).toEqual([
    0.25, 0.5, 1,
  ])
  expect(timeShare(dear)).toBeCloseTo(1 / 3)
  expect(timeShare([])).toBe(0)
})

it('is as much as a claim asks for', () => {
  expect(timeShare([{ ...cheap, shares: 4 }, cheap, ...dear.slice(0, 1)])).toBeCloseTo(4 / 7)
})

it.each(dear)('is twice as much for one that costs more', (property) => {
  expect(timeShare([property, cheap, cheap])).toBe(0.5)
  expect(timeShare([cheap, property, cheap])).toBe(0.25)
})
