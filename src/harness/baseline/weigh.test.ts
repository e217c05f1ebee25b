import { describe, expect, it } from 'vitest'
import { overall } from '../overall.ts'
import type { PropertyResult } from '../result.ts'
import type { Baseline, Excuse } from './baseline.ts'
import { excusesAfter, type Lenience, weighed } from './weigh.ts'

const base = { cases: 1, conversations: 1, cuts: { requested: 0, proven: 0 }, durationMs: 1 }
const passed = (id: string): PropertyResult => ({ ...base, id, level: 'must', verdict: 'pass' })
const failed = (id: string, rule: string, more: Partial<PropertyResult> = {}): PropertyResult => {
  const size = { connections: 1, frames: 1, cuts: 0, bytes: 1, casesToFailure: 1, shrinks: 0 }
  const failure = { rule, expected: 'a', actual: 'b', case: 'r.json', ...size, confirmed: { failed: 5, tried: 5 } }
  return { ...base, id, level: 'must', verdict: 'fail', failure, ...more }
}
const excuse = (property: string, more: Partial<Excuse> = {}): Excuse => ({
  property,
  reason: 'known',
  expires: '2026-11-30',
  lines: { first: 3, last: 3 },
  ...more,
})
const baselineOf = (...excuses: Excuse[]): Baseline => ({ file: 'b.json', today: '2026-11-30', excuses })

/** What a whole run of these results comes to. */
function runOf(results: readonly PropertyResult[], lenience: Lenience) {
  const weighedAll: PropertyResult[] = []
  for (const result of results) weighedAll.push(weighed(result, weighedAll, lenience))
  const excuses = lenience.baseline && excusesAfter(lenience.baseline, weighedAll)
  return {
    verdict: overall(weighedAll, excuses).verdict,
    counts: weighedAll.map(({ counts }) => counts ?? true),
    states: excuses?.map(({ state }) => state),
    whys: excuses?.map(({ why }) => why),
    results: weighedAll,
  }
}

describe('a failed SHOULD', () => {
  const results = [passed('a/b'), failed('a/c', 'r', { level: 'should' })]
  it('does not make the run fail, and stays a failure', () => {
    expect(runOf(results, {})).toMatchObject({ verdict: 'pass', results: [{}, { verdict: 'fail', counts: false }] })
  })
  it('does with --strict', () => {
    expect(runOf(results, { strict: true })).toMatchObject({ verdict: 'fail', counts: [true, true] })
  })
  it('hides no failed MUST beside it, also not one that is the same failure again', () => {
    const again = failed('a/d', 'r', { sameAs: 'a/c' })
    expect(runOf([...results, again], {})).toMatchObject({ verdict: 'fail', counts: [true, false, true] })
  })
  it('hides nothing that could not be told', () => {
    expect(runOf([...results, { ...passed('a/d'), verdict: 'inconclusive' }], {}).verdict).toBe('inconclusive')
  })
})

describe('an excuse', () => {
  it.each([
    ['excuses the failure of its property', failed('a/b', 'r'), excuse('a/b'), 'pass', 'used'],
    ['excuses the failure by its rule', failed('a/b', 'r'), excuse('a/b', { rule: 'r' }), 'pass', 'used'],
    ['excuses no failure by another rule', failed('a/b', 'other'), excuse('a/b', { rule: 'r' }), 'fail', 'left'],
    ['excuses no other property', failed('a/b', 'r'), excuse('a/c'), 'fail', 'left'],
    [
      'excuses no longer when its day is over',
      failed('a/b', 'r'),
      excuse('a/b', { expires: '2026-11-29' }),
      'fail',
      'expired',
    ],
    ['fails the run when it is not needed', passed('a/b'), excuse('a/b'), 'fail', 'unneeded'],
    [
      'fails the run when it is not needed, expired or not',
      passed('a/b'),
      excuse('a/b', { expires: '2020-01-01' }),
      'fail',
      'unneeded',
    ],
    ['is left alone where its property was not tried', passed('a/b'), excuse('a/c'), 'pass', 'left'],
    [
      'is left alone where nothing is known',
      { ...passed('a/b'), verdict: 'inconclusive' },
      excuse('a/b'),
      'inconclusive',
      'left',
    ],
    ['excuses no error', { ...passed('a/b'), verdict: 'error' }, excuse('a/b'), 'error', 'left'],
  ] as const)('%s', (_, result, given, verdict, state) => {
    expect(runOf([result], { baseline: baselineOf(given) })).toMatchObject({ verdict, states: [state] })
  })

  it('says which lines to delete', () => {
    const baseline = baselineOf(excuse('a/b'), excuse('a/c', { lines: { first: 4, last: 9 } }))
    expect(runOf([passed('a/b'), passed('a/c')], { baseline }).whys).toEqual([
      'no longer needed, for the property passed: delete line 3 of b.json',
      'no longer needed, for the property passed: delete lines 4 to 9 of b.json',
    ])
  })

  it('for the rule goes before one for any', () => {
    const baseline = baselineOf(excuse('a/b', { reason: 'any' }), excuse('a/b', { rule: 'r', reason: 'this' }))
    const run = runOf([failed('a/b', 'r')], { baseline })
    expect(run).toMatchObject({ verdict: 'pass', states: ['left', 'used'], results: [{ excuse: { reason: 'this' } }] })
  })

  it('excuses with a failure those that are the same again', () => {
    const again = failed('a/c', 'r', { sameAs: 'a/b' })
    const run = runOf([failed('a/b', 'r'), again], { baseline: baselineOf(excuse('a/b')) })
    expect(run).toMatchObject({ verdict: 'pass', counts: [false, false] })
    const late = runOf([failed('a/b', 'r'), again], { baseline: baselineOf(excuse('a/b', { expires: '2026-01-01' })) })
    expect(late).toMatchObject({ verdict: 'fail', counts: [true, true] })
  })

  it('excuses with --strict too, and expired leaves a SHOULD a SHOULD', () => {
    const should = failed('a/b', 'r', { level: 'should' })
    expect(runOf([should], { strict: true, baseline: baselineOf(excuse('a/b')) }).verdict).toBe('pass')
    const expired = baselineOf(excuse('a/b', { expires: '2026-01-01' }))
    expect(runOf([should], { baseline: expired })).toMatchObject({
      verdict: 'pass',
      results: [{ counts: false, excuse: { expired: true } }],
    })
    expect(runOf([should], { strict: true, baseline: expired }).verdict).toBe('fail')
  })
})
