import { expect, it } from 'vitest'
import type { PropertyResult, RunResult } from '../../src/harness/result.ts'
import { complaints } from './hold.ts'

const size = { connections: 1, frames: 1, cuts: 0, bytes: 1, casesToFailure: 1, shrinks: 0 }
const failure = { rule: 'disturbed', expected: 'a', actual: 'b', case: 'r.json', ...size }
const broken: PropertyResult = {
  id: 'any/crowd',
  level: 'should',
  verdict: 'fail',
  counts: false,
  cases: 1,
  conversations: 1,
  cuts: { requested: 0, proven: 0 },
  durationMs: 1,
  failure: { ...failure, confirmed: { failed: 5, tried: 5 } },
}
const tool = { name: 'tornwire', version: '0.0.0' }
const about = { tool, target: 't', protocol: 'echo', seed: 1, durationMs: 1, warnings: [] }

it('a server of ours is held to a SHOULD as well, though the run passes', () => {
  const run: RunResult = { ...about, verdict: 'pass', properties: [broken] }
  expect(complaints(run)).toEqual(['any/crowd fail  disturbed: expected a; got b'])
})
