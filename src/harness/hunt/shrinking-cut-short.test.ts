import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { monotonic } from '../clock.ts'
import { readReport } from '../report-file.ts'
import { comesBack, echoing, type Hunting, openHunting } from '../testing/hunting.ts'
import { hunt } from './hunt.ts'

const LONGER_THAN_ANY_BUDGET_MS = 3_600_000
let hunting: Hunting
afterEach(() => hunting.close())

/** Hunts on a server that is always wrong, and on whose `leap`th connection an hour goes by. */
async function huntedWithLeap(leap: number) {
  let connections = 0
  let ahead = 0
  const wrong = echoing((data) => data.map((byte) => byte ^ 1))
  hunting = await openHunting((connection) => {
    if (++connections === leap) ahead = LONGER_THAN_ANY_BUDGET_MS
    wrong(connection)
  })
  const table = { ...hunting.run.table, now: () => monotonic() + ahead }
  return hunt(comesBack, { ...hunting.run, table }, Number.POSITIVE_INFINITY, [])
}

it('a shrink that its time cuts short says so, in the report, on its page and in the result', async () => {
  const { result, report, weakness } = await huntedWithLeap(12)
  expect(result).toMatchObject({ verdict: 'fail', failure: { rule: 'lost', confirmed: { failed: 5, tried: 5 } } })
  expect(report?.cutShort).toBe('its budget of 20 s')
  expect(readReport(result.failure!.case).cutShort).toBe('its budget of 20 s')
  expect(readFileSync(result.failure!.case.replace(/json$/, 'md'), 'utf8')).toContain('cut short (its budget of 20 s)')
  expect(weakness).toBe('test/comes-back: shrinking was cut short (its budget of 20 s), so a smaller case may fail too')
})

it('a shrink that came to its end does not say so', async () => {
  const { report, weakness } = await huntedWithLeap(Number.POSITIVE_INFINITY)
  expect([report?.cutShort, weakness]).toEqual([undefined, undefined])
})

describe('a server that keeps something of each play', () => {
  /** Hunts on a server that is always wrong, and opens so many descriptors for each connection and closes none. */
  async function huntedWhereKept(perConnection: number, restart?: () => Promise<'restarted'>) {
    let connections = 0
    const wrong = echoing((data) => data.map((byte) => byte ^ 1))
    hunting = await openHunting((connection) => {
      connections += 1
      wrong(connection)
    })
    const resources = async () => ({ descriptors: 5 + perConnection * connections })
    const target = { ...hunting.run.target, ...(restart && { restart }) }
    const run = { ...hunting.run, target, table: { ...hunting.run.table, resources } }
    return { ...(await hunt(comesBack, run, Number.POSITIVE_INFINITY, [])), plays: () => connections }
  }

  it('is spared where nobody starts it again, and the report says so', async () => {
    const { result, report, plays } = await huntedWhereKept(32)
    expect(result).toMatchObject({ verdict: 'fail', failure: { confirmed: { failed: 5, tried: 5 } } })
    expect(report?.cutShort).toContain('--exec')
    // One of exploring, one alone, three before shrinking, two of one candidate, and five of it at last.
    expect(plays()).toBe(12)
  })

  it.each([
    ['where it can be started again', 32, async () => 'restarted' as const],
    ['where it keeps nothing', 0, undefined],
  ])('is not spared %s', async (_, perConnection, restart) => {
    const { report, plays } = await huntedWhereKept(perConnection, restart)
    expect(report?.cutShort).toBeUndefined()
    expect(plays()).toBeGreaterThan(12)
  })
})
