import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isAlive, PROGRAM, removeScratch, scratchDir, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

const ECHO = `${process.execPath} ${PROGRAM} serve evented --protocol echo --port {port}`
const fuzz = (command: string, ...more: string[]) => [
  'fuzz',
  '127.0.0.1:0',
  '--exec',
  command,
  '--protocol',
  'echo',
  ...more,
]

describe.concurrent('--exec', () => {
  it('starts the server, tests it, and ends it', async () => {
    const run = await Tornwire.run(fuzz(ECHO, '--runs', '5'))
    expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^PASS 15 passed/m)])
  })

  it('tells with what status and words a command ended that never listened', async () => {
    const run = await Tornwire.run(fuzz('echo no such luck on {port} >&2; exit 7', '--runs', '5'))
    expect([run.status, run.stdout]).toEqual([
      3,
      expect.stringMatching(/the server exited with status 7 before it listened.*no such luck/s),
    ])
  })

  it('wants {port} in the command where it chooses the port', async () => {
    const run = await Tornwire.run(fuzz('true'))
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(/--exec 'true' does not say \{port\}/)])
  })

  it('refuses an address where something listens already', async () => {
    const other = Tornwire.start(['serve', 'evented', '--protocol', 'echo'])
    await other.says(/listening on/)
    const at = /listening on (\S+)/.exec(other.stdout)?.[1] ?? ''
    const run = await Tornwire.run(['fuzz', at, '--exec', ECHO, '--protocol', 'echo'])
    expect([run.status, run.stdout]).toEqual([3, expect.stringMatching(/something listens on .* already/)])
    other.process.kill('SIGTERM')
    expect(await other.exit()).toBe(0)
  })

  it('takes what the server itself has started with it', async () => {
    const dir = scratchDir()
    const run = await Tornwire.run(fuzz(`sleep 300 & echo $! > grandchild; ${ECHO}`, '--runs', '5'), dir)
    expect(run.status).toBe(0)
    expect(isAlive(Number(readFileSync(join(dir, 'grandchild'), 'utf8')))).toBe(false)
  })

  it('starts a server again that somebody kills, and does not call its claim kept', async () => {
    const dir = scratchDir()
    // Its cases are mostly pauses of 250 ms at the most, so that the run does little, and one ends between its first line and its end.
    const budget = ['--runs', '1000000', '--time', '8s', '--property', 'any/pauses']
    const run = Tornwire.start(fuzz(`echo $$ > pid; exec ${ECHO}`, ...budget), dir)
    await run.says(/any\/pauses: [\d,]+ of/)
    process.kill(Number(readFileSync(join(dir, 'pid'), 'utf8')), 'SIGKILL')
    expect(await run.exit()).toBe(4)
    expect(run.stdout).toMatch(/the server was ended by signal SIGKILL/)
  })
})
