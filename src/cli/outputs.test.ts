import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, describe, expect, it } from 'vitest'
import { errorsInJunit, errorsInResult, readTap } from './testing/outputs.ts'
import { PROGRAM, removeScratch, scratchDir, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

const BROKEN = ['fuzz', 'builtin:broken/half-close-drops-answer', '--protocol', 'echo', '--seed', '1', '--runs', '30']
/** Two claims of its fourteen: one that it keeps and one that it breaks. */
const TWO = ['--property', 'any/answers', '--property', 'any/half-close']
const RIGHT = ['fuzz', 'builtin:evented', '--protocol', 'echo', '--seed', '1', '--runs', '5']

describe.concurrent('the files of a run', () => {
  it('fit their schemas and say the same', async () => {
    const run = await Tornwire.run([...BROKEN, '--json', 'r.json', '--junit', 'r.xml', '--tap', 'r.tap'])
    expect(run.status).toBe(1)
    expect(errorsInResult(run.file('r.json'))).toEqual([])
    expect(await errorsInJunit(run.file('r.xml'))).toEqual([])
    expect(readTap(run.file('r.tap'))).toEqual({ count: 15, failed: 2, errors: [] })
    const result = JSON.parse(run.file('r.json'))
    expect(result).toMatchObject({ verdict: 'fail', seed: 1, protocol: 'echo' })
    const failed = result.properties.filter(({ verdict }: { verdict: string }) => verdict === 'fail')
    expect(failed.map(({ id }: { id: string }) => id)).toEqual(['any/half-close', 'any/back-pressure'])
    expect(run.file(failed[0].failure.case)).toContain('"property": "any/half-close"')
    expect(failed[1].sameAs).toBe('any/half-close')
    expect(run.file('r.xml').match(/<failure/g)).toHaveLength(2)
  })

  it('cannot be written to a full disk: it says so, and ends as the run itself came to', async () => {
    const run = await Tornwire.run([
      ...BROKEN,
      ...TWO,
      '--json',
      '/dev/full',
      '--junit',
      '/dev/full',
      '--tap',
      '/dev/full',
    ])
    expect(run.status).toBe(1)
    expect(run.stderr.match(/warning: cannot write \/dev\/full: .*/g)).toHaveLength(3)
    expect(run.stdout).toMatch(/^FAIL 1 failed, 1 passed/m)
    expect(run.reports()).toHaveLength(1)
  })
})

describe.concurrent('the standard output', () => {
  it('is a TAP stream with --tap -, and nothing else', async () => {
    const run = await Tornwire.run([...RIGHT, '--tap', '-'])
    expect([run.status, readTap(run.stdout)]).toEqual([0, { count: 15, failed: 0, errors: [] }])
    expect(run.stdout).toMatch(/^TAP version 14\n/)
    expect(run.stderr).toMatch(/^PASS 15 passed/m)
  })

  it('may be closed by who reads it: the run goes on to its end', async () => {
    const dir = scratchDir()
    const pipe = `"${process.execPath}" "${PROGRAM}" ${[...BROKEN, ...TWO].map((arg) => `'${arg}'`).join(' ')} --tap - --json r.json`
    const shell = spawn('/bin/bash', ['-c', `set -o pipefail; ${pipe} | head -1`], { cwd: dir, stdio: 'pipe' })
    const [status] = await once(shell, 'close')
    expect(status).toBe(1)
    expect(JSON.parse(Tornwire.read(dir, 'r.json'))).toMatchObject({ verdict: 'fail' })
  })
})
