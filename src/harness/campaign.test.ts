import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type CampaignOptions, campaign } from './campaign.ts'
import type { Property } from './property.ts'
import type { Protocol } from './protocol.ts'
import type { PropertyResult, RunResult } from './result.ts'
import { TargetError } from './target/target.ts'
import { comesBack, echoing, type Hunting, openHunting } from './testing/hunting.ts'
import { echoed } from './testing/small-protocols.ts'

let hunting: Hunting
afterEach(() => hunting.close())

const right: Property = { ...comesBack, id: 'test/right' }
const failing: Property = {
  ...right,
  id: 'test/failing',
  check: () => ({ is: 'fail', rule: 'no', expected: 'a', actual: 'b' }),
}
const should: Property = { ...failing, id: 'test/should', level: 'should' }
const blind: Property = { ...right, id: 'test/blind', check: () => ({ is: 'inconclusive', why: 'it was dark' }) }
const elsewhere: Property = { ...failing, id: 'test/elsewhere', notFor: () => 'not here' }

async function runOf(
  properties: readonly Property[],
  given: Partial<CampaignOptions> = {},
  serve: (connection: Socket) => void = echoing(),
): Promise<RunResult> {
  hunting = await openHunting(serve)
  return campaign({
    tool: { name: 'tornwire', version: '0.0.0' },
    target: hunting.run.target,
    protocol: echoed as Protocol,
    properties,
    sanity: right,
    seed: 1,
    runs: 5,
    timeMs: 60_000,
    concurrency: 2,
    reportDir: hunting.run.reportDir,
    interrupted: hunting.run.interrupted,
    observer: {},
    details: () => ({ replay: '', page: '' }),
    ...given,
  })
}

describe('the verdict of a run', () => {
  it.each([
    ['is pass where every property passed', [right, { ...right, id: 'test/too' }], 'pass', undefined],
    ['is fail where one failed, whatever the others', [right, blind, failing], 'fail', undefined],
    ['is pass where only what should be was not', [right, should], 'pass', undefined],
    [
      'is inconclusive where one is, and says why',
      [right, blind],
      'inconclusive',
      '5 of 5 cases could not be judged: it was dark',
    ],
    [
      'is inconclusive where no property applies',
      [elsewhere],
      'inconclusive',
      'no property applies: nothing was tried',
    ],
    ['is inconclusive where there is none', [], 'inconclusive', 'no property applies: nothing was tried'],
  ] as const)('%s', async (_, properties, verdict, why) => {
    const result = await runOf(properties)
    expect([result.verdict, result.why]).toEqual([verdict, why])
    expect(result.properties.map(({ id }) => id)).toEqual(
      properties.filter((each) => each !== elsewhere).map(({ id }) => id),
    )
  })
  it('is fail where what should be was not, strictly taken, and told to the observer as it counts', async () => {
    const told: (false | undefined)[] = []
    const propertyEnded = ({ counts }: PropertyResult): void => void told.push(counts)
    expect((await runOf([should], { strict: true, observer: { propertyEnded } })).verdict).toBe('fail')
    await hunting.close()
    await runOf([should], { observer: { propertyEnded } })
    expect(told).toEqual([undefined, false])
  })
  it('is fail where an excuse is not needed, and the result tells which', async () => {
    const excuse = { property: right.id, reason: 'known', expires: '2027-01-31', lines: { first: 3, last: 3 } }
    const baseline = { file: 'b.json', today: '2026-11-30', excuses: [excuse] }
    const why = 'no longer needed, for the property passed: delete line 3 of b.json'
    expect(await runOf([right], { baseline })).toMatchObject({
      verdict: 'fail',
      why: `the excuse of test/right is ${why}`,
      baseline: { file: 'b.json', excuses: [{ ...excuse, state: 'unneeded', why }] },
    })
  })
  it('is never green where the time was over before the first case', async () => {
    const result = await runOf([right], { timeMs: 0 })
    expect(result).toMatchObject({ verdict: 'inconclusive', why: expect.stringContaining('nothing was tried') })
  })
  it('is never green where it was interrupted before the first case', async () => {
    const result = await runOf([right], { interrupted: AbortSignal.abort() })
    expect(result).toMatchObject({ verdict: 'inconclusive', interrupted: true, properties: [{ cases: 0 }] })
  })
  it('is an error where the target cannot be had, with its message', async () => {
    hunting = await openHunting(echoing())
    const start = async (): Promise<void> => {
      throw new TargetError('nothing listens there')
    }
    const result = await runOf([right], { target: { ...hunting.run.target, start } })
    expect(result).toMatchObject({ verdict: 'error', why: 'nothing listens there', properties: [] })
  })
  it('is an error, not a list of failures, where the plain conversation fails', async () => {
    const result = await runOf(
      [right, failing],
      {},
      echoing((data) => data.map((byte) => byte ^ 1)),
    )
    expect(result).toMatchObject({
      verdict: 'error',
      why: expect.stringContaining('fails the plain conversation'),
      properties: [],
    })
  })
  it('is fail where every case passed but the server cannot talk plainly afterwards', async () => {
    let cases = 0
    // To survive is a must, whatever was tried.
    const tired: Property = {
      ...right,
      level: 'should',
      check: (...given) => {
        cases += 1
        return right.check(...given)
      },
    }
    const result = await runOf(
      [tired],
      { concurrency: 1 },
      echoing((data) => (cases >= 5 ? data.fill(0) : data)),
    )
    expect(result).toMatchObject({
      verdict: 'fail',
      properties: [{ verdict: 'fail', level: 'must', cases: 5, failure: { rule: 'no-longer-talks' } }],
    })
  })
})

it('the whole run is told to its observer, in order', async () => {
  const told: string[] = []
  await runOf([right, failing], {
    observer: {
      started: ({ properties }) => void told.push(`started ${properties}`),
      propertyStarted: (id) => void told.push(`begins ${id}`),
      propertyEnded: ({ id, verdict }, details) => void told.push(`${id} ${verdict}${details ? ' with details' : ''}`),
      ended: ({ verdict }) => void told.push(`ended ${verdict}`),
    },
  })
  expect(told).toEqual([
    'started test/right,test/failing',
    'begins test/right',
    'test/right pass',
    'begins test/failing',
    'test/failing fail with details',
    'ended fail',
  ])
})
