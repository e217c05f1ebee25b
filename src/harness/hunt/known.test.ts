import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Property } from '../property.ts'
import type { Report } from '../report.ts'
import { writeReport } from '../report-file.ts'
import type { Replayed } from '../result.ts'
import { comesBack, echoing, type Hunting, openHunting } from '../testing/hunting.ts'
import { sampleReport } from '../testing/sample-report.ts'
import { alone, awaitAll, send } from '../testing/steps.ts'
import { CRASH, MUTE } from './alone.ts'
import { replayKnown } from './known.ts'

let hunting: Hunting
afterEach(() => hunting.close())

const replayed: Replayed[] = []
const observer = { replayed: (each: Replayed) => void replayed.push(each) }
const properties: readonly Property[] = [comesBack]
/** The same as a claim that must be told the idle time. */
const comesBackInTime: Property = {
  ...comesBack,
  notFor: ({ idleMs }) => (idleMs === undefined ? 'no idle time is stated' : undefined),
}

/** A report that an earlier run left behind. */
function left(changed: Partial<Report> = {}): string {
  const report = sampleReport({
    target: 'it',
    protocol: 'echoed',
    property: comesBack.id,
    rule: 'lost',
    case: alone([send('abc'), awaitAll]),
    ...changed,
  })
  return writeReport(hunting.run.reportDir, report)
}

const wrong = echoing((data) => data.map((byte) => byte ^ 1))

describe('a report of an earlier run', () => {
  it.each([
    ['that fails again is still failing, and is the result of its property', wrong, {}, 'still-failing', 5],
    ['that fails no more is fixed', echoing(), {}, 'fixed', 0],
    [
      'that fails by another rule fails otherwise, and that is the result',
      wrong,
      { rule: 'other' },
      'fails-otherwise',
      0,
    ],
  ] as const)('%s', async (_, serve, changed, outcome, failed) => {
    replayed.length = 0
    hunting = await openHunting(serve, { observer })
    const path = left(changed)
    const { failing, unreadable } = await replayKnown(properties, hunting.run)
    expect(replayed).toEqual([
      {
        path,
        property: comesBack.id,
        rule: changed && 'rule' in changed ? 'other' : 'lost',
        outcome,
        confirmed: { failed, tried: 5 },
      },
    ])
    expect(unreadable).toEqual([])
    expect([...failing.keys()]).toEqual(outcome === 'fixed' ? [] : [comesBack.id])
    const result = failing.get(comesBack.id)?.result
    if (outcome === 'fails-otherwise')
      expect(result).toMatchObject({
        verdict: 'fail',
        failure: { rule: 'lost', bytes: 1, confirmed: { failed: 5, tried: 5 } },
      })
    if (failed > 0)
      expect(result).toMatchObject({
        verdict: 'fail',
        failure: { case: path, casesToFailure: 0, confirmed: { failed, tried: 5 } },
      })
  })
  it('that fails now and then is still failing, so many times of five', async () => {
    replayed.length = 0
    let connections = 0
    hunting = await openHunting((connection) => (++connections % 2 === 0 ? wrong : echoing())(connection), { observer })
    left()
    const { failing } = await replayKnown(properties, hunting.run)
    expect(replayed).toMatchObject([{ outcome: 'still-failing', confirmed: { failed: 2, tried: 5 } }])
    expect(failing.get(comesBack.id)?.report?.confirmed).toEqual({ failed: 2, tried: 5 })
  })
  it('of a server that did not start again is left to its claim, which comes last: it may leave none for the others', async () => {
    replayed.length = 0
    hunting = await openHunting(wrong, { observer })
    left()
    const { failing } = await replayKnown([{ ...comesBack, looksAt: 'restart' }], hunting.run)
    expect([replayed, failing.size]).toEqual([[], 0])
  })
  it('that ends the server fails by that, though its end is not seen', async () => {
    replayed.length = 0
    hunting = await openHunting(
      (connection) => {
        echoing()(connection)
        connection.once('data', () => hunting.server.server.close())
        connection.once('end', () => hunting.server.close())
      },
      { observer },
    )
    left()
    const { failing } = await replayKnown(properties, hunting.run)
    expect(replayed).toMatchObject([{ outcome: 'fails-otherwise', confirmed: { failed: 0, tried: 1 } }])
    expect(failing.get(comesBack.id)?.result).toMatchObject({ verdict: 'fail', failure: { rule: 'crash' } })
  })
  it('is inconclusive where the server is gone', async () => {
    replayed.length = 0
    hunting = await openHunting(wrong, { observer })
    left()
    await hunting.server.close()
    const { failing } = await replayKnown(properties, hunting.run)
    expect(replayed).toMatchObject([{ outcome: 'inconclusive', confirmed: { failed: 0, tried: 0 } }])
    expect(failing.size).toBe(0)
  })
  it.each([
    ['of another target', { target: 'elsewhere' }],
    ['of another protocol', { protocol: 'lines' }],
    ['of a property that is not tried', { property: 'test/other' }],
  ])('%s is left alone', async (_, changed) => {
    replayed.length = 0
    hunting = await openHunting(wrong, { observer })
    left(changed)
    const known = await replayKnown(properties, hunting.run)
    expect([replayed, known.failing.size, known.unreadable]).toEqual([[], 0, []])
  })
  it.each([
    ['another idle time is left alone where its claim speaks of that', comesBackInTime, { idleMs: 250 }, []],
    ['the same idle time is played', comesBackInTime, { idleMs: 500 }, ['still-failing']],
    ['a run that stated none is played', comesBackInTime, {}, ['still-failing']],
    ['another idle time is played where its claim knows none', comesBack, { idleMs: 250 }, ['still-failing']],
    [
      'another idle time is played where the server died',
      comesBackInTime,
      { idleMs: 250, rule: CRASH },
      ['fails-otherwise'],
    ],
    [
      'another idle time is played where the server was no longer to be talked to',
      comesBackInTime,
      { idleMs: 250, rule: MUTE },
      ['inconclusive'],
    ],
  ] as const)('of %s', async (_, property, changed, outcomes) => {
    replayed.length = 0
    hunting = await openHunting(wrong, { observer })
    left(changed)
    await replayKnown([property], { ...hunting.run, protocol: { ...hunting.run.protocol, idleMs: 500 } })
    expect(replayed.map(({ outcome }) => outcome)).toEqual(outcomes)
  })
  it('that is broken is named, and does not keep the others from being played', async () => {
    replayed.length = 0
    hunting = await openHunting(wrong, { observer })
    const path = left()
    const broken = join(dirname(path), 'broken.json')
    writeFileSync(broken, '{"tornwire": 1, "case"')
    mkdirSync(join(hunting.run.reportDir, 'elsewhere'))
    writeFileSync(join(hunting.run.reportDir, 'elsewhere', 'result.json'), '{"some": "result"}')
    const { failing, unreadable } = await replayKnown(properties, hunting.run)
    expect(unreadable).toEqual([expect.stringContaining(broken)])
    expect([...failing.keys()]).toEqual([comesBack.id])
  })
  it('is not played any more after an interrupt', async () => {
    replayed.length = 0
    hunting = await openHunting(wrong, { observer })
    left()
    hunting.interrupt()
    const known = await replayKnown(properties, hunting.run)
    expect([replayed, known.failing.size]).toEqual([[], 0])
  })
})
