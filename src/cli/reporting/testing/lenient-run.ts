import type { ExcuseResult, PropertyResult } from '../../../harness/result.ts'
import { recordOf, sampleResult, sampleRun } from './sample-run.ts'

/** A run of which nothing counts but what the expired excuse does not excuse, and the excuse that is not needed. */
export function lenientRun(reason = 'issue 12', rule = 'end') {
  const expiry = { reason, expires: '2027-01-31' }
  const results: PropertyResult[] = [
    sampleResult('pass', 'any/answers'),
    { ...sampleResult('fail', 'any/crowd'), level: 'should', counts: false },
    { ...sampleResult('fail', 'any/cuts'), counts: false, excuse: { ...expiry, expired: false } },
    { ...sampleResult('fail', 'any/flood'), excuse: { ...expiry, expired: true } },
  ]
  const excuse = (property: string, line: number, state: ExcuseResult['state'], why: string): ExcuseResult => {
    return { property, rule, ...expiry, lines: { first: line, last: line }, state, why }
  }
  const excuses = [
    excuse('any/cuts', 3, 'used', 'it excuses'),
    excuse('any/flood', 4, 'expired', 'it is late'),
    excuse('any/answers', 5, 'unneeded', 'no longer needed: delete line 5 of b.json'),
    excuse('any/leak', 6, 'left', 'left alone'),
  ]
  const run = sampleRun(results, { verdict: 'fail', baseline: { file: 'b.json', excuses } })
  return { results, run, record: recordOf([], results, run) }
}

/** Why a broken SHOULD does not count. */
export const SHOULD = 'SHOULD: it does not make the run fail (with --strict it does)'
