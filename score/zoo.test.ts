import { expect, it } from 'vitest'
import { casesOf } from '../src/harness/property.ts'
import type { Entrant } from './entrant.ts'
import { zoo } from './zoo.ts'

const FOR_RIGHT = { cases: 20_000, timeMs: 3_600_000 }

const right = zoo(FOR_RIGHT).filter(({ kind }) => kind === 'correct')
const serverOf = ({ id }: Entrant): string => id.slice(0, id.lastIndexOf(' '))
const entrantsOf = (server: string): Entrant[] => right.filter((each) => serverOf(each) === server)

const casesIn = ({ protocol, properties, budget }: Entrant): number =>
  properties
    .filter(({ notFor }) => notFor?.(protocol) === undefined)
    .reduce((sum, property) => sum + casesOf(property, budget.runs), 0)

it('has right servers, ours among them, that speak one protocol and several', () => {
  expect(entrantsOf('evented').length).toBe(6)
  expect(entrantsOf('udp-echo').length).toBe(1)
})

it.each([
  ...new Set(right.map(serverOf)),
])('%s has its cases and its time, divided among its protocols, and hardly more', (server) => {
  const entrants = entrantsOf(server)
  const cases = entrants.reduce((sum, entrant) => sum + casesIn(entrant), 0)
  expect(cases).toBeGreaterThanOrEqual(FOR_RIGHT.cases)
  expect(cases).toBeLessThan(1.02 * FOR_RIGHT.cases)
  expect(entrants.reduce((sum, { budget }) => sum + budget.timeMs, 0)).toBeCloseTo(FOR_RIGHT.timeMs)
})

it('has budgets that hold a whole number of cases, also where seeds divide them', () => {
  for (const { budget } of zoo({ cases: 20_000 / 3, timeMs: 1_000 })) expect(Number.isInteger(budget.runs)).toBe(true)
})
