import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { errorsInJunit, errorsInResult, readTap } from './testing/outputs.ts'
import { PROGRAM, removeScratch, scratchDir, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

const BROKEN = ['fuzz', 'builtin:broken/half-close-drops-answer', '--protocol', 'echo', '--seed', '1', '--runs', '30']
const TWO = ['--property', 'any/answers', '--property', 'any/half-close']
const FILES = ['--json', 'r.json', '--junit', 'r.xml', '--tap', 'r.tap']

const excuse = (property: string, expires = '2999-12-31') => ({ property, reason: 'issue 12', expires })

/** The run with a baseline of these excuses, one a line from the second on. */
function excusing(...excuses: readonly object[]) {
  const dir = scratchDir()
  const lines = excuses.map((each) => JSON.stringify(each)).join(',\n')
  writeFileSync(join(dir, 'b.json'), `{ "excuses": [\n${lines}\n] }\n`)
  return Tornwire.run([...BROKEN, ...TWO, ...FILES, '--baseline', 'b.json'], dir)
}

describe.concurrent('with a baseline', () => {
  it('a failure that is excused is shown with the reason, and the exit status is 0', async () => {
    const run = await excusing(excuse('any/half-close'), excuse('any/crowd'))
    expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^PASS 1 excused, 1 passed in /m)])
    expect(run.stdout).toMatch(/^~ any\/half-close .*\n {4}excused until 2999-12-31: issue 12$/m)
    expect(run.stdout).toMatch(/^- b\.json:3 any\/crowd: left alone: the property was not tried in this run$/m)
    expect(errorsInResult(run.file('r.json'))).toEqual([])
    const { verdict, properties, baseline } = JSON.parse(run.file('r.json'))
    expect([verdict, properties[1].verdict, properties[1].counts]).toEqual(['pass', 'fail', false])
    expect(baseline.excuses.map(({ state }: { state: string }) => state)).toEqual(['used', 'left'])
    expect(run.file('r.tap')).toMatch(/^not ok 2 - any\/half-close # TODO excused until 2999-12-31: issue 12$/m)
    expect(await errorsInJunit(run.file('r.xml'))).toEqual([])
    expect(run.file('r.xml')).toMatch(/<skipped type="answers" message="excused until 2999-12-31: issue 12; expected /)
    expect(run.stderr).not.toContain('tap-junit failed')
  })

  it('an excuse that has expired excuses nothing, one that is not needed is a failure, and both are told', async () => {
    const run = await excusing(excuse('any/half-close', '2020-02-29'), excuse('any/answers'))
    const last = /^FAIL 1 failed, 1 excused needlessly, 1 passed in /m
    expect([run.status, run.stdout]).toEqual([1, expect.stringMatching(last)])
    expect(run.stdout).toMatch(/^ {4}its excuse expired on 2020-02-29: issue 12$/m)
    expect(run.stdout).toMatch(/^× b\.json:3 any\/answers: no longer needed, .*: delete line 3 of b\.json$/m)
    expect(readTap(run.file('r.tap'))).toEqual({ count: 3, failed: 2, errors: [] })
    expect(run.file('r.xml').match(/<failure/g)).toHaveLength(2)
    expect(run.stderr).not.toContain('tap-junit failed')
  })
})

describe.concurrent('a broken SHOULD', () => {
  const OWN = `
    import { CaseArbitrary, defineProtocol, rawCodec } from 'tornwire'
    const codec = rawCodec()
    const connections = [{ steps: [{ do: 'end' }], cuts: [] }]
    export default defineProtocol({
      name: 'mine',
      codec,
      samples: [new TextEncoder().encode('hello')],
      properties: [{
        id: 'mine/never', level: 'should', claim: 'Never.', source: 'this test',
        cases: () => new CaseArbitrary(codec, () => ({ connections, turns: [] })),
        check: () => ({ is: 'fail', rule: 'never', expected: 'a', actual: 'b' }),
      }],
    })`

  it.each([
    ['does not fail the run', [], 0, /^PASS 1 failed SHOULD in /m],
    ['does with --strict', ['--strict'], 1, /^FAIL 1 failed in /m],
  ] as const)('%s', async (_, strict, status, last) => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'mine.ts'), OWN)
    const serve = `${process.execPath} ${PROGRAM} serve evented --protocol echo --port {port}`
    const args = [
      'fuzz',
      '127.0.0.1:0',
      '--exec',
      serve,
      '--protocol',
      'mine.ts',
      '--property',
      'mine/*',
      '--runs',
      '5',
    ]
    const run = await Tornwire.run([...args, ...strict], dir)
    expect([run.status, run.stdout]).toEqual([status, expect.stringMatching(last)])
  })
})
