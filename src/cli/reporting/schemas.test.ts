import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBaseline } from '../../harness/baseline/baseline.ts'
import { reportToJson } from '../../harness/report-json.ts'
import { anyReport } from '../../harness/testing/arbitrary-report.ts'
import { HOSTILE, UNSAFE } from '../../harness/testing/hostile-text.ts'
import { sampleReport } from '../../harness/testing/sample-report.ts'
import { resultJson } from './json.ts'
import { publishedSchemas } from './published-schemas.ts'
import { recordOf, sampleResult, sampleRun } from './testing/sample-run.ts'

const published = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../schema/${name}`, import.meta.url)), 'utf8')

const validator = (name: string) => {
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(published(name)))
  return (json: string) => (validate(JSON.parse(json)) ? [] : validate.errors)
}
const errorsInResult = validator('result.schema.json')
const errorsInReport = validator('report.schema.json')

const all = ['pass', 'fail', 'inconclusive', 'error'] as const

test.each(
  Object.entries(publishedSchemas()),
)('%s is up to date (npx jiti src/cli/reporting/write-schemas.ts)', (name, text) => {
  expect(published(name)).toBe(text)
})

test.each(
  Object.entries(HOSTILE),
)('a result with %s fits its schema, keeps the text and is safe to show', (_, text) => {
  const results = all.map((verdict) => sampleResult(verdict, verdict, text))
  const run = sampleRun(results, { why: text, interrupted: true, warnings: [text] })
  const json = resultJson(recordOf(all, results, run))
  expect(errorsInResult(json)).toEqual([])
  expect(json).not.toMatch(UNSAFE)
  expect(JSON.parse(json)).toEqual(run)
})

test('before the end the result fits its schema too, and does not claim to have passed', () => {
  const passed = [sampleResult('pass')]
  const json = resultJson(recordOf(all, passed))
  expect(errorsInResult(json)).toEqual([])
  expect(JSON.parse(json)).toMatchObject({
    verdict: 'inconclusive',
    why: 'the run has not ended: 3 of 4 properties are still to be tried, or to be tried further',
    interrupted: true,
    properties: passed,
  })
  expect(JSON.parse(resultJson(recordOf(all, [sampleResult('fail')])))).toMatchObject({ verdict: 'fail' })
  expect(JSON.parse(resultJson(recordOf(all, [])))).toMatchObject({ verdict: 'inconclusive', properties: [] })
})

test('the baseline that the README shows fits its schema, and is one', () => {
  const readme = readFileSync(fileURLToPath(new URL('../../../README.md', import.meta.url)), 'utf8')
  const [, shown = ''] = /```json\n(.*?)```/s.exec(readme) ?? []
  // Of formats there is only that of a day, which a pattern gives too.
  const validate = new Ajv2020({ validateFormats: false }).compile(JSON.parse(published('baseline.schema.json')))
  expect([validate(JSON.parse(shown)), validate(JSON.parse(shown.replace('01-31', '02-29')))]).toEqual([true, false])
  expect(parseBaseline(shown, 'b.json', '2026-11-30', ['any/half-close'])).toMatchObject({ ok: true })
})

test('any report fits its schema', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(errorsInReport(reportToJson(report))).toEqual([])
    }),
  )
})

test('a mebibyte of bytes fits the schema of reports', () => {
  const steps = [{ do: 'send', bytes: new Uint8Array(1 << 20) }] as const
  const json = reportToJson(sampleReport({ case: { connections: [{ steps, cuts: [1] }], turns: [] } }))
  expect(errorsInReport(json)).toEqual([])
})

test.each([
  ['an unknown key', (result: Record<string, unknown>) => ({ ...result, extra: 1 })],
  ['an unknown verdict', (result: Record<string, unknown>) => ({ ...result, verdict: 'flaky' })],
  ['a key that is missing', ({ seed: _, ...result }: Record<string, unknown>) => result],
])('the schema of results refuses %s', (_, edit) => {
  const result = JSON.parse(resultJson(recordOf([], [], sampleRun([]))))
  expect(errorsInResult(JSON.stringify(edit(result)))).not.toEqual([])
})
