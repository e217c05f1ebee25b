import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listReports, openReport, ReportError, readReport, writeReport } from './report-file.ts'
import { HOSTILE } from './testing/hostile-text.ts'
import { HALF_CLOSE, sampleReport } from './testing/sample-report.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tornwire-report-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
const larger = sampleReport({
  case: { ...HALF_CLOSE, connections: [{ steps: [{ do: 'send', bytes: new Uint8Array(9) }], cuts: [3] }] },
})

test('a report lies under its property, named by rule and case, with its page beside it', () => {
  const path = writeReport(dir, sampleReport())
  expect(path).toMatch(/any\/half-close\/answer-missing-[0-9a-f]{8}\.json$/)
  expect(readReport(path)).toStrictEqual(sampleReport())
  expect(readFileSync(path.replace(/json$/, 'md'), 'utf8')).toContain(`npx tornwire replay ${path}`)
})

test('the name depends on property, rule and case alone', () => {
  const path = writeReport(dir, sampleReport())
  expect(writeReport(dir, sampleReport({ seed: 7, target: 'elsewhere', transcripts: [] }))).toBe(path)
  const reordered = { turns: [], connections: HALF_CLOSE.connections.map(({ steps, cuts }) => ({ cuts, steps })) }
  expect(writeReport(dir, sampleReport({ case: reordered }))).toBe(path)
  const others = [larger, sampleReport({ rule: 'answer-wrong' }), sampleReport({ property: 'any/other' })]
  expect(new Set([path, ...others.map((report) => writeReport(dir, report))]).size).toBe(4)
})

test('while shrinking one file is replaced again and again, and gets its own name at the end', () => {
  const file = openReport(dir)
  const { confirmed: _, ...unconfirmed } = larger
  file.save(unconfirmed)
  const working = filesIn(dir).filter((name) => name.endsWith('.json'))
  file.save({ ...unconfirmed, case: HALF_CLOSE })
  expect(filesIn(dir).filter((name) => name.endsWith('.json'))).toEqual(working)
  expect(readReport(join(dir, working[0]!)).case).toStrictEqual(HALF_CLOSE)
  const path = file.finish(sampleReport())
  expect(path).toBe(writeReport(dir, sampleReport()))
  expect(listReports(dir)).toStrictEqual([{ path, report: sampleReport() }])
  expect(filesIn(dir)).toHaveLength(4)
})

test.each([
  '../../escape',
  '/etc/passwd',
  '..',
  '',
  'a//b',
  'x\0y',
  'C:\\x',
])('the property id %j of a report from elsewhere cannot lead out of the folder', (property) => {
  const path = writeReport(join(dir, 'reports'), sampleReport({ property, rule: property }))
  expect(path.startsWith(join(dir, 'reports'))).toBe(true)
  expect(filesIn(dir)[0]).toBe('reports')
  expect(readReport(path).property).toBe(property)
})

test.each(Object.entries(HOSTILE))('a report is written and read with %s everywhere', (_, text) => {
  const report = sampleReport({ property: text, rule: text, claim: text, target: text, protocolFile: text })
  expect(readReport(writeReport(dir, report))).toStrictEqual(report)
})

test('a file that cannot be read says why', () => {
  expect(() => readReport(join(dir, 'none.json'))).toThrow(
    new ReportError(`cannot read ${dir}/none.json: there is no such file`),
  )
  expect(() => readReport(dir)).toThrow(`cannot read ${dir}: it is a folder; name one of the .json files in it`)
  writeFileSync(join(dir, 'half.json'), '{"tornwire": 1')
  expect(() => readReport(join(dir, 'half.json'))).toThrow(
    new ReportError(`${dir}/half.json is cut short: the JSON ends in the middle, at line 1, column 15`),
  )
})

test('all reports below a folder are listed, those that cannot be read with their error', () => {
  const path = writeReport(dir, sampleReport())
  writeFileSync(join(dir, 'zz.json'), '{}')
  writeFileSync(join(dir, 'notes.txt'), '')
  expect(listReports(dir)).toStrictEqual([
    { path, report: sampleReport() },
    {
      path: join(dir, 'zz.json'),
      error: new ReportError(`${dir}/zz.json is not a tornwire report: it has no key "tornwire"`),
    },
  ])
  expect(listReports(join(dir, 'none'))).toEqual([])
})

test('a file where a folder is needed is a problem to tell of, and the path is given all the same', () => {
  writeFileSync(join(dir, 'any'), '')
  const file = openReport(dir)
  file.save(larger)
  expect(file.problem).toMatch(/^cannot write .*any.*: a part of the path is a file where a folder is needed/)
  expect(file.finish(sampleReport())).toMatch(/answer-missing-[0-9a-f]{8}\.json$/)
  expect(file.problem).toBeDefined()
  expect(() => writeReport(dir, sampleReport())).toThrow(ReportError)
})

test('a full disk is a problem to tell of', () => {
  const path = writeReport(dir, sampleReport())
  rmSync(path)
  symlinkSync('/dev/full', path)
  const file = openReport(dir)
  file.finish(sampleReport())
  expect(file.problem).toBe(`cannot write ${path}: the disk is full (ENOSPC); free some space or choose another disk`)
  expect(existsSync('/dev/full')).toBe(true)
})
