import { Parser } from 'tap-parser'
import { expect, test } from 'vitest'
import { create } from 'xmlbuilder2'
import { HOSTILE, UNSAFE } from '../../harness/testing/hostile-text.ts'
import { errorsInJunit, errorsInResult } from '../testing/outputs.ts'
import { resultJson } from './json.ts'
import { casesOf, junitDocument } from './junit-document.ts'
import { summary } from './summary.ts'
import { tapDocument } from './tap-document.ts'
import { tapToJunit } from './tap-junit.ts'
import { lenientRun, SHOULD } from './testing/lenient-run.ts'
import { recordOf, Screen, sampleRun, TOOL, tell } from './testing/sample-run.ts'
import { textOut } from './text-out.ts'

const UNNEEDED = 'the excuse of any/answers is no longer needed: delete line 5 of b.json'

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
