import { Parser } from 'tap-parser'
import { expect, test } from 'vitest'
import { create } from 'xmlbuilder2'
import type { ExcuseResult, PropertyResult } from '../../harness/result.ts'
import { HOSTILE, UNSAFE } from '../../harness/testing/hostile-text.ts'
import { errorsInJunit, errorsInResult } from '../testing/outputs.ts'
import { resultJson } from './json.ts'
import { casesOf, junitDocument } from './junit-document.ts'
import { progress } from './progress.ts'
import { summary } from './summary.ts'
import { tapDocument } from './tap-document.ts'
import { tapToJunit } from './tap-junit.ts'
import { recordOf, Screen, sampleResult, sampleRun, TOOL, tell } from './testing/sample-run.ts'
import { textOut } from './text-out.ts'

/** A run of which nothing counts but what the expired excuse does not excuse, and the excuse that is not needed. */
function lenientRun(reason = 'issue 12', rule = 'end') {
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

const UNNEEDED = 'the excuse of any/answers is no longer needed: delete line 5 of b.json'
const SHOULD = 'SHOULD: it does not make the run fail (with --strict it does)'

test('in TAP what does not count is a TODO with its reason, and an excuse that is not needed a failure', () => {
  const parser = new Parser({ strict: true })
  const points: { ok: boolean; name: string; todo: string | boolean; diag: Record<string, unknown> }[] = []
  const comments: string[] = []
  parser.on('assert', (point) => points.push(point as never))
  parser.on('comment', (line: string) => comments.push(line.trim()))
  parser.end(tapDocument(lenientRun().record))
  expect(parser.results).toMatchObject({ ok: false, count: 5, pass: 1, fail: 4, todo: 2 })
  expect(points.map(({ ok, name, todo, diag }) => [ok, name, todo, diag.level, diag.severity])).toEqual([
    [true, 'any/answers', false, 'must', undefined],
    [false, 'any/crowd', SHOULD, 'should', 'todo'],
    [false, 'any/cuts', 'excused until 2027-01-31: issue 12', 'must', 'todo'],
    [false, 'any/flood', false, 'must', 'fail'],
    [false, 'b.json:5 any/answers end', false, undefined, 'fail'],
  ])
  expect(points[3]!.diag.excuse).toEqual({ reason: 'issue 12', expires: '2027-01-31', expired: true })
  expect(points[4]!.diag.message).toBe(UNNEEDED)
  expect(comments.slice(1)).toEqual([
    '# b.json:3 any/cuts end: it excuses',
    '# b.json:4 any/flood end: it is late',
    '# b.json:6 any/leak end: left alone',
  ])
})

test('TAP in which nothing counts is a success', () => {
  const { results } = lenientRun()
  const lenient = results.slice(0, 3)
  const parser = new Parser({ strict: true })
  parser.end(tapDocument(recordOf([], lenient, sampleRun(lenient, { verdict: 'pass' }))))
  expect(parser.results).toMatchObject({ ok: true, count: 3, todo: 2 })
})

test('in JUnit what does not count is skipped with its reason and all that a failure tells', async () => {
  const { record } = lenientRun()
  const xml = junitDocument(record, casesOf(record))
  expect(await errorsInJunit(xml)).toEqual([])
  // biome-ignore lint/suspicious/noExplicitAny: the test looks into the XML as an object
  const { testsuites } = create(xml).end({ format: 'object' }) as any
  expect(testsuites).toMatchObject({ '@tests': '5', '@failures': '2', '@errors': '0' })
  const { properties, testcase } = testsuites.testsuite
  expect(testsuites.testsuite['@skipped']).toBe('2')
  const [, should, excused, expired, unneeded] = testcase
  expect(should.skipped['@message']).toBe(`${SHOULD}; expected some text; got some text`)
  expect(should.skipped['#']).toContain('Replay: npx tornwire replay reports/')
  expect(should['system-out']).toContain('one connection sends 1 byte and half-closes at once')
  expect(excused.skipped['@message']).toMatch(/^excused until 2027-01-31: issue 12; expected /)
  expect(expired.failure['@message']).toMatch(/^its excuse expired on 2027-01-31: issue 12; expected /)
  expect(unneeded.failure).toEqual({ '@type': 'excuse-not-needed', '@message': UNNEEDED })
  expect(properties.property).toContainEqual({ '@name': 'excuse.4', '@value': 'b.json:6 any/leak end: left alone' })
})

test('tap-junit makes the same test cases of such a run as we do', async () => {
  const { record } = lenientRun()
  const conversion = await tapToJunit(tapDocument(record))
  const made = conversion.ok ? conversion.cases.map(({ number, outcome }) => [number, outcome]) : conversion.why
  expect(made).toEqual(casesOf(record).map(({ number, outcome }) => [number, outcome]))
})

test('a terminal shows what does not count, and why, before what does', () => {
  const { results, run } = lenientRun()
  const screen = new Screen(false, 50)
  tell(
    summary(textOut(screen.stream), TOOL, () => 0, { quiet: true, env: {} }),
    [],
    results,
    run,
  )
  const failure = `    one connection sends 1 byte and half-closes at once
    Expected: some text
      Actual: some text
    failed again 5 of 5 times; some text, 1 connection, 1 byte, 0 cuts, found at case 12, 34 shrinks
    npx tornwire replay reports/any/half-close/answer-missing-01234567.json
`
  expect(screen.text).toBe(`- b.json:6 any/leak end: left alone
× b.json:5 any/answers end: no longer needed: delete line 5 of b.json
~ any/crowd  some text
    ${SHOULD}
${failure}~ any/cuts  some text
    excused until 2027-01-31: issue 12
${failure}× any/flood  some text
    its excuse expired on 2027-01-31: issue 12
${failure}FAIL 1 failed, 1 failed SHOULD, 1 excused, 1 excused needlessly, 1 passed in 12.3 s
`)
})

test('where there is little room, what counts is told in full, and of the rest why it does not', () => {
  const { results, run } = lenientRun()
  const screen = new Screen(false, 12)
  tell(
    summary(textOut(screen.stream), TOOL, () => 0, { quiet: true, env: {} }),
    [],
    results,
    run,
  )
  expect(screen.text).toContain(`~ any/crowd  reports/any/half-close/answer-missing-01234567.json (${SHOULD})\n`)
  expect(screen.text).toMatch(/^× any\/flood {2}some text\n/m)
  expect(screen.text.match(/Expected:/g)).toHaveLength(1)
})

test('while it goes on, what does not count is told as such', () => {
  const screen = new Screen()
  const { results } = lenientRun()
  for (const result of results.slice(2)) progress(textOut(screen.stream), () => 0).propertyEnded?.(result)
  expect(screen.text).toBe(`any/cuts: FAILED (some text), not counted, 120 cases in 1.5 s
any/flood: FAILED (some text), 120 cases in 1.5 s
`)
})

test('the result file holds it all, and before the end nothing that does not count makes it a failure', () => {
  const { results, run, record } = lenientRun()
  expect(errorsInResult(resultJson(record))).toEqual([])
  expect(JSON.parse(resultJson(record))).toEqual(run)
  expect(JSON.parse(resultJson(recordOf([], results.slice(0, 3)))).verdict).toBe('inconclusive')
  expect(JSON.parse(resultJson(recordOf([], results))).verdict).toBe('fail')
})

test.each(Object.entries(HOSTILE))('%s as reason and rule is safe in all of them', (_, text) => {
  const { results, run, record } = lenientRun(text, text)
  const parser = new Parser({ strict: true })
  parser.end(tapDocument(record))
  expect(parser.results).toMatchObject({ count: 5, pass: 1, fail: 4, todo: 2, bailout: false })
  const screen = new Screen()
  tell(
    summary(textOut(screen.stream), TOOL, () => 0, { quiet: false, env: {} }),
    [],
    results,
    run,
  )
  const xml = junitDocument(record, casesOf(record))
  for (const shown of [tapDocument(record), xml, screen.text, resultJson(record)]) expect(shown).not.toMatch(UNSAFE)
})

test('all of that at once leaves the XML valid', async () => {
  const text = Object.values(HOSTILE)
    .filter(({ length }) => length < 1_000)
    .join(' ')
  const { record } = lenientRun(text, text)
  expect(await errorsInJunit(junitDocument(record, casesOf(record)))).toEqual([])
})
