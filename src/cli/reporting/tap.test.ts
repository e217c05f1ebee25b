import { Parser } from 'tap-parser'
import { expect, test } from 'vitest'
import { HOSTILE, UNSAFE } from '../../harness/testing/hostile-text.ts'
import { tapStream } from './tap.ts'
import { tapDocument } from './tap-document.ts'
import { recordOf, Screen, sampleResult, sampleRun, TOOL, tell } from './testing/sample-run.ts'
import { textOut } from './text-out.ts'

interface ParsedPoint {
  readonly ok: boolean
  readonly id: number
  readonly name: string
  readonly skip: string | boolean
  readonly time: number
  readonly diag: Record<string, unknown>
}

function resultsOf(tap: string) {
  const parser = new Parser({ strict: true })
  const points: ParsedPoint[] = []
  const extra: string[] = []
  parser.on('assert', (point) => points.push(point as unknown as ParsedPoint))
  parser.on('extra', (line: string) => extra.push(line))
  parser.end(tap)
  return { points, extra, results: parser.results! }
}

const all = ['pass', 'fail', 'inconclusive', 'error'] as const
const results = all.map((verdict) => sampleResult(verdict))

test('every property is one test point, and what is inconclusive is neither green nor a failure', () => {
  const { points, results: totals, extra } = resultsOf(tapDocument(recordOf(all, results, sampleRun(results))))
  expect(extra).toEqual([])
  expect(totals).toMatchObject({ ok: false, count: 4, pass: 1, fail: 3, skip: 1, bailout: false })
  expect(totals.plan).toMatchObject({ start: 1, end: 4 })
  expect(totals.failures.filter((failure) => 'tapError' in failure && failure.tapError)).toEqual([])
  expect(points.map(({ ok, id, name, skip }) => [ok, id, name, skip])).toEqual([
    [true, 1, 'pass', false],
    [false, 2, 'fail', false],
    [false, 3, 'inconclusive', 'inconclusive: some text'],
    [false, 4, 'error', false],
  ])
})

test('the diagnostics hold what is needed to understand and to repeat', () => {
  const { points } = resultsOf(tapDocument(recordOf(all, results, sampleRun(results))))
  expect(points[1]!.diag).toEqual({
    message: 'some text: expected some text; got some text',
    severity: 'fail',
    rule: 'some text',
    expected: 'some text',
    actual: 'some text',
    confirmed: 'failed again 5 of 5 times',
    case: 'reports/any/half-close/answer-missing-01234567.json',
    replay: 'npx tornwire replay reports/any/half-close/answer-missing-01234567.json',
    level: 'must',
    seed: 42,
    cases: 120,
    conversations: 240,
    cuts: { requested: 400, proven: 399 },
  })
  expect(points[1]!.time).toBe(1500)
})

test.each(Object.entries(HOSTILE))('%s as name, reason and text leaves the TAP as it is', (_, text) => {
  const hostile = all.map((verdict) => sampleResult(verdict, `${verdict}${text}`, text))
  const tap = tapDocument(recordOf([], hostile, sampleRun(hostile), text))
  const { points, results: totals, extra } = resultsOf(tap)
  expect(tap).not.toMatch(UNSAFE)
  expect(extra).toEqual([])
  expect(totals).toMatchObject({ count: 4, pass: 1, fail: 3, skip: 1, bailout: false })
  expect(points.map(({ diag }) => diag.severity)).toEqual([undefined, 'fail', 'skip', 'error'])
})

test('before the end, what is not tried yet is skipped, and the plan is right', () => {
  const { points, results: totals } = resultsOf(tapDocument(recordOf(all, results.slice(0, 1))))
  expect(totals).toMatchObject({ count: 4, pass: 1, skip: 3 })
  expect(totals.plan).toMatchObject({ start: 1, end: 4 })
  expect(points[3]!.skip).toBe('not tried yet')
})

test('an interrupted run says what it did not come to', () => {
  const run = sampleRun(results.slice(0, 2), { interrupted: true })
  const { points, results: totals } = resultsOf(tapDocument(recordOf(all, results.slice(0, 2), run)))
  expect(totals.plan).toMatchObject({ start: 1, end: 4 })
  expect(points[2]!.skip).toBe('not tried: the run was interrupted')
})

test('a target that cannot be used is a bail-out, an error of one property is not', () => {
  const dead = sampleRun([], { verdict: 'error', why: 'connection refused # {' })
  expect(resultsOf(tapDocument(recordOf(all, [], dead))).results).toMatchObject({
    bailout: 'connection refused # (',
    count: 0,
  })
  expect(tapDocument(recordOf(all, results, sampleRun(results)))).not.toContain('Bail out')
})

test('a run that tried nothing has a plan of nothing', () => {
  expect(tapDocument(recordOf([], [], sampleRun([], { verdict: 'inconclusive' })))).toMatch(
    /\n1\.\.0 # SKIP nothing was tried\n$/,
  )
})

test('as a stream it is the same document, each point as soon as it is known', () => {
  const screen = new Screen()
  const observer = tapStream(textOut(screen.stream), TOOL, () => 0)
  tell(observer, all, results.slice(0, 2))
  expect(screen.text).toMatch(
    /^TAP version 14\n.*\nok 1 - pass\n[\s\S]*\nnot ok 2 - fail\n {2}---\n[\s\S]*\n {2}\.\.\.\n$/,
  )
  const run = sampleRun(results.slice(0, 2), { interrupted: true })
  observer.ended?.(run)
  expect(screen.text).toBe(tapDocument(recordOf(all, results.slice(0, 2), run)))
})
