import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { listReports, readReport } from '../report-file.ts'
import { plain } from '../report-json.ts'
import type { Progress } from '../result.ts'
import { comesBack, echoing, firstCase, type Hunting, openHunting } from '../testing/hunting.ts'
import { hunt } from './hunt.ts'

const EVER = Number.POSITIVE_INFINITY
let hunting: Hunting
afterEach(() => hunting.close())

const wrong = echoing((data) => data.map((byte) => byte ^ 1))

describe('a server that is gone', () => {
  it('and cannot be started again is told of with the reason', async () => {
    hunting = await openHunting(echoing((data) => data.map((byte) => byte ^ 1)))
    const { target } = hunting.run
    const gone = async (): Promise<'gone'> => 'gone'
    const trouble = (): string => 'the server exited with status 1 before it listened'
    const run = { ...hunting.run, target: { ...target, ready: gone, restart: gone, trouble } }
    const { result } = await hunt(comesBack, run, Number.POSITIVE_INFINITY, [])
    expect(result).toMatchObject({
      verdict: 'fail',
      failure: { actual: expect.stringContaining(`could not be started again: ${trouble()}`) },
    })
  })

  it('leaves a report of all that was in flight', async () => {
    let connections = 0
    hunting = await openHunting(
      (connection) => {
        if (++connections < 6) return echoing()(connection)
        hunting.server.server.close()
        connection.resetAndDestroy()
      },
      { concurrency: 3 },
    )
    const { result, report } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'fail', failure: { confirmed: { failed: 0, tried: 0 } } })
    expect(result.failure!.actual).toContain('the server accepts no connections any more')
    expect(report!.case.connections.length).toBeGreaterThan(0)
    expect(plain(readReport(result.failure!.case))).toEqual(plain(report))
  })
  it('while its case is shrunk, is not waited for again and again', async () => {
    let connections = 0
    hunting = await openHunting((connection) => {
      if (++connections === 12) hunting.server.server.close()
      wrong(connection)
    })
    let asked = 0
    const { ready } = hunting.run.target
    const target = {
      ...hunting.run.target,
      ready: () => {
        asked += 1
        return ready()
      },
    }
    const { result } = await hunt(comesBack, { ...hunting.run, target }, EVER, [])
    expect(result).toMatchObject({ verdict: 'fail', failure: { rule: 'lost', confirmed: { failed: 0, tried: 0 } } })
    expect(asked).toBeLessThan(25)
  })
})

describe('an interrupt', () => {
  it('while shrinking leaves the best case so far, on disk and in the result', async () => {
    const tellings: Progress['doing'][] = []
    let shrunk = 0
    hunting = await openHunting(
      (connection) => {
        if (tellings.includes('shrinking') && ++shrunk === 5) hunting.interrupt()
        wrong(connection)
      },
      { observer: { progress: ({ doing }) => void tellings.push(doing) } },
    )
    const first = firstCase(comesBack, hunting.run)
    const { result, report } = await hunt(comesBack, hunting.run, EVER, [])
    expect(tellings).toContain('shrinking')
    expect(result).toMatchObject({ verdict: 'fail', failure: { rule: 'lost', confirmed: { failed: 0, tried: 0 } } })
    expect(plain(readReport(result.failure!.case))).toEqual(plain(report))
    expect(report!.case.connections[0]!.steps.length).toBeLessThanOrEqual(first.connections[0]!.steps.length)
    expect(listReports(hunting.run.reportDir)).toHaveLength(1)
    expect(readFileSync(result.failure!.case.replace(/json$/, 'md'), 'utf8')).toContain('lost')
  })
  it('before a failure was played alone reports it as it was seen', async () => {
    let connections = 0
    hunting = await openHunting((connection) => {
      if (++connections > 1) hunting.interrupt()
      wrong(connection)
    })
    const { result, report } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'fail', failure: { rule: 'lost', confirmed: { failed: 0, tried: 0 } } })
    expect(report?.case).toEqual(firstCase(comesBack, hunting.run))
    expect(plain(readReport(result.failure!.case))).toEqual(plain(report))
  })
  it('before anything failed is told with the number of cases', async () => {
    let connections = 0
    hunting = await openHunting((connection) => {
      if (++connections === 4) hunting.interrupt()
      echoing()(connection)
    })
    const { result } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'inconclusive', why: 'interrupted after 3 cases' })
  })
})
