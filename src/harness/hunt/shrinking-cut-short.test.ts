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
  /** Hunts on a server that changes what these find, and opens so many descriptors for each connection and closes none. */
  async function huntedWhereKept(perConnection: number, isMet: (data: Buffer) => boolean, canRestart = false) {
    let [plays, open, most] = [0, 0, 0]
    const serve = echoing((data) => (isMet(data) ? data.map((byte) => byte ^ 1) : data))
    hunting = await openHunting((connection) => {
      plays += 1
      open += perConnection
      most = Math.max(most, open)
      serve(connection)
    })
    const resources = async () => ({ descriptors: 5 + open })
    const restart = async (): Promise<'restarted'> => {
      open = 0
      return 'restarted'
    }
    const target = { ...hunting.run.target, ...(canRestart && { restart }) }
    const patience = { ...hunting.run.patience, full: { idleMs: 50, drainMs: 1_000 } }
    const run = { ...hunting.run, target, patience, table: { ...hunting.run.table, resources } }
    const hunted = await hunt(comesBack, run, Number.POSITIVE_INFINITY, [])
    return { ...hunted, plays, most }
  }
  const always = () => true

  it('is spared where nobody starts it again, and the report says so', async () => {
    const { result, report, plays } = await huntedWhereKept(16, always)
    expect(result).toMatchObject({ verdict: 'fail', failure: { confirmed: { failed: 5, tried: 5 } } })
    expect(report?.cutShort).toContain('--exec')
    // One of exploring, one alone, three before shrinking, two of one candidate, and five of it at last.
    expect(plays).toBe(12)
  })

  it('is spared also where no smaller case fails', async () => {
    let first: Buffer | undefined
    const isFirst = (data: Buffer): boolean => {
      first ??= data
      return data.equals(first)
    }
    const { report, plays } = await huntedWhereKept(16, isFirst)
    expect(report?.cutShort).toContain('--exec')
    // Five as above, eight candidates, and five of the case as it was found.
    expect(plays).toBeLessThanOrEqual(18)
  })

  it('is started afresh where it can be, and its case is made as small as it can be', async () => {
    const { report, plays, most } = await huntedWhereKept(16, always, true)
    expect(report?.cutShort).toBeUndefined()
    expect(plays).toBeGreaterThan(12)
    expect(most).toBeLessThan(plays * 16)
  })

  it('that keeps nothing is not spared', async () => {
    const { report, plays } = await huntedWhereKept(0, always)
    expect(report?.cutShort).toBeUndefined()
    expect(plays).toBeGreaterThan(12)
  })
})
