import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Observer } from '../../harness/result.ts'
import { openReporting, tellingAll } from './reporting.ts'
import { Screen, sampleResult, sampleRun, TOOL, tell } from './testing/sample-run.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tornwire-reporting-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const all = ['pass', 'fail', 'inconclusive', 'error'] as const
const results = all.map((verdict) => sampleResult(verdict))

async function reporting(
  paths: { json?: string; junit?: string; tap?: string; quiet?: boolean },
  stdout: NodeJS.WritableStream = new Screen().stream,
) {
  const stderr = new Screen()
  const opened = await openReporting({ tool: TOOL, now: () => 0, stdout, stderr: stderr.stream, env: {}, ...paths })
  return { ...opened, stderr }
}

test('all files are there from the start, are renewed with each property, and nothing else is left behind', async () => {
  const [json, junit, tap] = ['result.json', 'junit.xml', 'out/run.tap'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(json, '{"verdict": "pass"}')
  const { observer, finish } = await reporting({ json, junit, tap })
  tell(observer, all, [])
  expect(JSON.parse(readFileSync(json, 'utf8')).verdict).toBe('inconclusive')
  expect(readFileSync(tap, 'utf8')).toContain('1..4')
  tell(observer, all, results, sampleRun(results))
  expect(await finish()).toEqual([])
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(sampleRun(results))
  expect(readFileSync(tap, 'utf8')).toContain('not ok 4 - error')
  expect(readFileSync(junit, 'utf8')).toContain('errors="1"')
  expect(readdirSync(dir, { recursive: true }).sort()).toEqual(['junit.xml', 'out', 'out/run.tap', 'result.json'])
})

test('with TAP on stdout, nothing but TAP is there', async () => {
  const stdout = new Screen()
  const { observer, finish, stderr } = await reporting({ tap: '-' }, stdout.stream)
  tell(observer, all, results, sampleRun(results))
  await finish()
  expect(stdout.text).toMatch(/^TAP version 14\n[\s\S]*\n1\.\.4\n$/)
  expect(stderr.text).toContain('ERROR 1 failed')
})

test('a full disk costs one warning for each file and is told at the end', async () => {
  const { observer, finish, stderr } = await reporting({
    json: '/dev/full',
    junit: join(dir, 'junit.xml'),
    quiet: true,
  })
  tell(observer, all, results, sampleRun(results))
  const problem = 'cannot write /dev/full: the disk is full (ENOSPC); free some space or choose another disk'
  expect(await finish()).toEqual([problem])
  expect(stderr.text).toBe(`tornwire: warning: ${problem}\n`)
  expect(existsSync('/dev/full')).toBe(true)
  expect(readFileSync(join(dir, 'junit.xml'), 'utf8')).toContain('tests="4"')
})

test('a folder that cannot be written to costs one warning, and the run goes on', async () => {
  const folder = join(dir, 'file')
  writeFileSync(folder, '')
  const { observer, finish, stderr } = await reporting({ tap: join(folder, 'run.tap'), quiet: true })
  tell(observer, all, results, sampleRun(results))
  expect(await finish()).toEqual([expect.stringMatching(/a file where a folder is needed/)])
  expect(stderr.text.match(/warning/g)).toHaveLength(1)
})

test('a reader of stdout that goes away ends neither the run nor the files', async () => {
  const gone = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })),
  })
  const { observer, finish } = await reporting({ tap: '-', json: join(dir, 'result.json') }, gone)
  tell(observer, all, results.slice(0, 1))
  await new Promise((resolve) => gone.once('close', resolve))
  tell(observer, all, results, sampleRun(results))
  expect(await finish()).toEqual([])
  expect(JSON.parse(readFileSync(join(dir, 'result.json'), 'utf8'))).toEqual(sampleRun(results))
})

test('an observer that throws is reported and does not keep the others from hearing', () => {
  const heard: string[] = []
  const broken: Observer = {
    propertyStarted: () => {
      throw new Error('boom')
    },
  }
  const errors: unknown[] = []
  tellingAll([broken, { propertyStarted: (id) => heard.push(id) }], (error) => errors.push(error)).propertyStarted?.(
    'a',
    '',
  )
  expect(heard).toEqual(['a'])
  expect(errors).toEqual([new Error('boom')])
})
