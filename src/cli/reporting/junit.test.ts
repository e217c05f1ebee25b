import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { create } from 'xmlbuilder2'
import { validateXML } from 'xmllint-wasm'
import { HOSTILE, UNSAFE } from '../../harness/testing/hostile-text.ts'
import { junitReport } from './junit.ts'
import { casesOf, junitDocument } from './junit-document.ts'
import { outputFile } from './output-file.ts'
import type { RunRecord } from './run-record.ts'
import type { Conversion } from './tap-junit.ts'
import { recordOf, sampleResult, sampleRun, TOOL, tell } from './testing/sample-run.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tornwire-junit-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const schema = readFileSync(fileURLToPath(new URL('testing/jenkins-junit.xsd', import.meta.url)), 'utf8')
const all = ['pass', 'fail', 'inconclusive', 'error'] as const
const results = all.map((verdict) => sampleResult(verdict))

async function errorsIn(contents: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'junit.xml', contents }],
    schema: [schema],
    maxMemoryPages: 4096,
  })
  return errors.map((error) => error.rawMessage)
}

/** The document as it is without tap-junit, which must agree. */
const plainly = (record: RunRecord) => junitDocument(record, casesOf(record))

// biome-ignore lint/suspicious/noExplicitAny: the test looks into the XML as an object
const parsed = (xml: string): any => create(xml).end({ format: 'object' })

test('a run becomes one suite with a case for each property', async () => {
  const record = recordOf(all, results, sampleRun(results, { warnings: ['weak'] }))
  const xml = plainly(record)
  expect(await errorsIn(xml)).toEqual([])
  const { testsuites } = parsed(xml)
  expect(testsuites).toMatchObject({
    '@name': 'tornwire',
    '@tests': '4',
    '@failures': '1',
    '@errors': '1',
    '@time': '12.345',
  })
  const { testsuite } = testsuites
  expect(testsuite).toMatchObject({
    '@name': '127.0.0.1:7000 frame',
    '@skipped': '1',
    '@timestamp': '2023-11-14T22:13:20',
  })
  expect(testsuite.properties.property).toContainEqual({ '@name': 'seed', '@value': '42' })
  expect(testsuite.properties.property).toContainEqual({ '@name': 'cuts.proven', '@value': '1596' })
  expect(testsuite.properties.property).toContainEqual({ '@name': 'warning.1', '@value': 'weak' })
  const [pass, fail, inconclusive, error] = testsuite.testcase
  expect(pass).toEqual({
    '@name': 'pass',
    '@classname': '127.0.0.1:7000.frame',
    '@time': '1.500',
    'system-out': '120 cases, 240 conversations, 399 of 400 cuts proven',
  })
  expect(fail.failure).toMatchObject({ '@type': 'some text', '@message': 'expected some text; got some text' })
  expect(fail.failure['#']).toContain('Replay: npx tornwire replay reports/any/half-close/answer-missing-01234567.json')
  expect(fail['system-out']).toContain('one connection sends 1 byte and half-closes at once')
  expect(inconclusive.skipped).toEqual({ '@message': 'inconclusive: some text' })
  expect(error.error).toEqual({ '@type': 'error', '@message': 'some text' })
})

test.each(Object.entries(HOSTILE))('%s leaves the XML well-formed, valid and safe', async (_, text) => {
  const hostile = all.map((verdict) => sampleResult(verdict, `${verdict}${text}`, text))
  const run = sampleRun(hostile, { target: text, protocol: text, warnings: [text] })
  const xml = plainly(recordOf([`${text}untried`], hostile, run, text))
  expect(xml).not.toMatch(UNSAFE)
  expect(await errorsIn(xml)).toEqual([])
  expect(parsed(xml).testsuites).toMatchObject({ '@tests': '5', '@failures': '1', '@errors': '1' })
})

test('a run whose target cannot be used, and one that tried nothing, are not green', async () => {
  const dead = plainly(recordOf(all, [], sampleRun([], { verdict: 'error', why: 'connection refused' })))
  expect(parsed(dead).testsuites).toMatchObject({ '@tests': '1', '@errors': '1' })
  expect(parsed(dead).testsuites.testsuite.testcase.error['@message']).toBe('connection refused')
  const empty = plainly(recordOf([], [], sampleRun([], { verdict: 'inconclusive' })))
  expect(parsed(empty).testsuites.testsuite).toMatchObject({ '@tests': '1', '@skipped': '1' })
  expect(await errorsIn(dead)).toEqual([])
  expect(await errorsIn(empty)).toEqual([])
})

test('the schema refuses what Jenkins refuses', async () => {
  const suite = '<testsuite name="a" tests="1" failures="0" errors="0"><testcase name="x" id="1"/></testsuite>'
  expect(await errorsIn(`<testsuites>${suite}</testsuites>`)).not.toEqual([])
  expect(await errorsIn('<testsuites skipped="1"/>')).not.toEqual([])
  expect(await errorsIn(`<testsuites>${suite.replace(' id="1"', '')}</testsuites>`)).toEqual([])
})

test('the file is whole after each property and at the end', async () => {
  const file = outputFile(join(dir, 'junit.xml'), () => {})
  const { observer, settled } = junitReport(
    file,
    TOOL,
    () => 0,
    () => {},
  )
  tell(observer, all, results.slice(0, 2))
  await settled()
  const soFar = readFileSync(file.path, 'utf8')
  expect(await errorsIn(soFar)).toEqual([])
  expect(parsed(soFar).testsuites.testsuite).toMatchObject({ '@tests': '4', '@failures': '1', '@skipped': '2' })
  observer.ended?.(sampleRun(results))
  await settled()
  expect(parsed(readFileSync(file.path, 'utf8')).testsuites).toMatchObject({
    '@tests': '4',
    '@failures': '1',
    '@errors': '1',
  })
})

test.each<[string, Conversion]>([
  ['fails', { ok: false, why: 'boom' }],
  ['loses a test', { ok: true, cases: [{ number: 1, name: 'pass', outcome: 'passed' }] }],
  [
    'calls a failure a success',
    { ok: true, cases: all.map((name, at) => ({ number: at + 1, name, outcome: 'passed' })) },
  ],
])('a tap-junit that %s costs a warning, not the file', async (_, conversion) => {
  const warnings: string[] = []
  const file = outputFile(join(dir, 'junit.xml'), () => {})
  const report = junitReport(
    file,
    TOOL,
    () => 0,
    (line) => warnings.push(line),
    async () => conversion,
  )
  tell(report.observer, all, results, sampleRun(results))
  await report.settled()
  expect(warnings).toEqual([expect.stringMatching(/^tap-junit failed \(.*\); the JUnit file is written without it$/)])
  expect(parsed(readFileSync(file.path, 'utf8')).testsuites).toMatchObject({
    '@tests': '4',
    '@failures': '1',
    '@errors': '1',
  })
})
