import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { PROGRAM, removeScratch, scratchDir, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

const BROKEN = [
  ...['fuzz', 'builtin:broken/half-close-drops-answer', '--protocol', 'echo', '--seed', '1', '--runs', '30'],
  ...['--property', 'any/half-close'],
]

describe.concurrent('replay', () => {
  it('fails again by the same rule while the bug is there, and is fixed where it is not', async () => {
    const first = await Tornwire.run(BROKEN)
    const [report = ''] = first.reports()
    const again = await Tornwire.run(['replay', report], first.dir)
    expect([again.status, again.stdout]).toEqual([
      1,
      expect.stringMatching(/STILL FAILING: by the same rule in 5 of 5/),
    ])
    const fixed = await Tornwire.run(['replay', report, '--target', 'builtin:evented'], first.dir)
    expect([fixed.status, fixed.stdout]).toEqual([0, expect.stringMatching(/FIXED: it passed in 5 of 5 plays/)])
    const rerun = await Tornwire.run([...BROKEN, '--json', 'again.json'], first.dir)
    expect(rerun.status).toBe(1)
    expect(JSON.parse(rerun.file('again.json')).properties[0]).toMatchObject({
      cases: 1,
      failure: { casesToFailure: 0 },
    })
  })

  it('judges by the idle time that the run was told', async () => {
    const named = ['--property', 'any/idle', '--idle', '250ms', '--seed', '1', '--runs', '1000']
    const first = await Tornwire.run(['fuzz', 'builtin:broken/never-reaps', ...named])
    expect([first.status, first.stdout]).toEqual([1, expect.stringContaining('× any/idle')])
    const [report = ''] = first.reports()
    expect(JSON.parse(first.file(report))).toMatchObject({ rule: 'not-ended', idleMs: 250 })
    const again = await Tornwire.run(['replay', report], first.dir)
    expect([again.status, again.stdout]).toEqual([1, expect.stringContaining('STILL FAILING')])
    const fixed = await Tornwire.run(['replay', report, '--target', 'builtin:evented'], first.dir)
    expect([fixed.status, fixed.stdout]).toEqual([0, expect.stringContaining('FIXED')])
  })

  it.each([
    ['cut short', (text: string) => text.slice(0, text.length / 2), /is not whole JSON|cut short|truncated/i],
    ['edited by hand', (text: string) => text.replace('"cuts": []', '"cuts": [7000]'), /cuts/],
    [
      'of a newer version',
      (text: string) => text.replace('"tornwire": 1', '"tornwire": 2'),
      /report format 2.*update tornwire/,
    ],
    ['something else', () => '{"name": "x"}', /tornwire/],
  ])('refuses a report that is %s, and says why', async (_, spoil, why) => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'r.json'), spoil(REPORT))
    const run = await Tornwire.run(['replay', 'r.json'], dir)
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(why)])
    expect(run.stderr).toContain('r.json')
    expect(run.stderr).not.toContain('this is a bug of tornwire')
  })
})

it('what it says may be thrown away by who reads it: it ends as it came to', async () => {
  const dir = scratchDir()
  writeFileSync(join(dir, 'r.json'), REPORT)
  const pipe = `"${process.execPath}" "${PROGRAM}" replay r.json --target builtin:broken/half-close-drops-answer`
  const shell = spawn('/bin/bash', ['-c', `set -o pipefail; ${pipe} | true`], { cwd: dir, stdio: 'pipe' })
  const said = text(shell.stderr)
  const [status] = await once(shell, 'close')
  expect([status, await said]).toEqual([1, expect.not.stringContaining('bug of tornwire')])
})

it('what a report says is shown without its control characters', async () => {
  const dir = scratchDir()
  writeFileSync(join(dir, 'r.json'), REPORT.replace('any/half-close', 'any/\\u001b[2J'))
  const run = await Tornwire.run(['replay', 'r.json'], dir)
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('any/\\x1b[2J')])
  expect(run.stdout + run.stderr).not.toContain('\u001b')
})

const REPORT = `${JSON.stringify(
  {
    tornwire: 1,
    tool: { name: 'tornwire', version: '0.1.0' },
    target: 'builtin:evented',
    protocol: 'echo',
    property: 'any/half-close',
    claim: 'c',
    source: 's',
    rule: 'answers',
    expected: 'e',
    actual: 'a',
    seed: 1,
    case: { connections: [{ steps: [{ do: 'send', bytes: '61' }, { do: 'end' }], cuts: [] }], turns: [] },
    transcripts: [],
  },
  null,
  2,
)}\n`
