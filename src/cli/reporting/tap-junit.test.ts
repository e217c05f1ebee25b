import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HOSTILE } from '../../harness/testing/hostile-text.ts'
import { casesOf } from './junit-document.ts'
import type { RunRecord } from './run-record.ts'
import { tapDocument } from './tap-document.ts'
import { tapToJunit } from './tap-junit.ts'
import { recordOf, sampleResult, sampleRun } from './testing/sample-run.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tornwire-tap-junit-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const all = ['pass', 'fail', 'inconclusive', 'error'] as const
const results = all.map((verdict) => sampleResult(verdict))

const texts = Object.values(HOSTILE).filter((text) => text.length < 1_000)
const hostile = texts.flatMap((text) => all.map((verdict) => sampleResult(verdict, `${verdict}${text}`, text)))

test.each<[string, RunRecord]>([
  ['an ended run', recordOf(all, results, sampleRun(results))],
  ['a run that goes on', recordOf(all, results.slice(0, 2))],
  [
    'a dead target',
    recordOf(all, results.slice(0, 1), sampleRun(results.slice(0, 1), { verdict: 'error', why: 'died' })),
  ],
  ['a run that tried nothing', recordOf([], [], sampleRun([], { verdict: 'inconclusive' }))],
  ['hostile text', recordOf([], hostile, sampleRun(hostile))],
])('tap-junit makes the same test cases of %s as we do', async (_, record) => {
  const conversion = await tapToJunit(tapDocument(record))
  const outcomes = (cases: ReturnType<typeof casesOf>) => cases.map(({ number, outcome }) => [number, outcome])
  expect(conversion.ok && outcomes([...conversion.cases])).toEqual(outcomes(casesOf(record)))
})

test.each([
  ['ends with an error', `console.error('TypeError: boom'); process.exit(1)`, 'ended with code 1: TypeError: boom'],
  ['writes no XML', `console.log('<a'); process.stdin.resume()`, /^what it wrote is not XML/],
  ['kills itself', `process.kill(process.pid, 'SIGKILL')`, /^ended by SIGKILL/],
])('a tap-junit that %s is told of', async (_, program, why) => {
  const path = join(dir, 'tap-junit.cjs')
  writeFileSync(path, program)
  const conversion = await tapToJunit('TAP version 14\n1..0\n'.repeat(50_000), path)
  expect(conversion).toEqual({ ok: false, why: typeof why === 'string' ? why : expect.stringMatching(why) })
})

test('tap-junit leads a process group of its own, so that Ctrl-C does not reach it', async () => {
  const path = join(dir, 'tap-junit.cjs')
  writeFileSync(path, `process.kill(-process.pid, 0); console.error('Error: leads a group'); process.exit(1)`)
  expect(await tapToJunit('', path)).toEqual({ ok: false, why: 'ended with code 1: Error: leads a group' })
})

test('a tap-junit that does not end is ended', async () => {
  const path = join(dir, 'tap-junit.cjs')
  writeFileSync(path, 'setInterval(() => {}, 1000)')
  expect(await tapToJunit('', path, 200)).toEqual({ ok: false, why: 'ended by SIGKILL (its deadline is 0.2 s)' })
})

test('a tap-junit that is not there is told of', async () => {
  const conversion = await tapToJunit('', join(dir, 'none.cjs'))
  expect(conversion).toEqual({ ok: false, why: expect.stringContaining('Cannot find module') })
})
