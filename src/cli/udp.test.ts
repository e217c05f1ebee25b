import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Tornwire } from './testing/tornwire.ts'

const dirs: string[] = []

async function run(...args: string[]): Promise<Awaited<ReturnType<typeof Tornwire.run>>> {
  const ran = await Tornwire.run(args)
  dirs.push(ran.dir)
  return ran
}

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

describe('a server of datagrams', () => {
  it('that is broken fails by a small case, which is reported and fails again when it is replayed', async () => {
    const outputs = ['--junit', 'junit.xml', '--json', 'result.json', '--report-dir', 'reports']
    const fuzz = [
      'fuzz',
      'builtin:broken/udp-truncates',
      '--protocol',
      'udp-echo',
      '--property',
      'udp/whole',
      '--seed',
      '1',
    ]
    const ran = await run(...fuzz, ...outputs)
    expect(ran.status).toBe(1)
    expect(ran.stdout).toContain('one client sends a datagram of 513 bytes')
    const { verdict, properties } = JSON.parse(readFileSync(join(ran.dir, 'result.json'), 'utf8'))
    const { failure } = properties[0]
    expect(verdict).toBe('fail')
    expect(failure).toMatchObject({ rule: 'torn', connections: 1, frames: 1, cuts: 0, bytes: 513 })
    expect(readFileSync(join(ran.dir, 'junit.xml'), 'utf8')).toContain('tornwire replay')
    expect(readFileSync(join(ran.dir, failure.case.replace('.json', '.md')), 'utf8')).toContain(
      'send a datagram of 513 bytes',
    )
    const again = await Tornwire.run(['replay', failure.case], ran.dir)
    expect(again.status).toBe(1)
    expect(again.stdout).toContain('STILL FAILING: by the same rule in 5 of 5 plays')
  })
  it('that is right passes, started by the user and named as udp://', async () => {
    const program = `'${process.execPath}' '${join(process.cwd(), 'dist/src/cli/main.js')}' serve udp-echo --port {port}`
    const ran = await run('fuzz', 'udp://127.0.0.1:0', '--protocol', 'udp-echo', '--runs', '5', '--exec', program)
    expect([ran.status, ran.stderr.includes('bug')]).toEqual([0, false])
  })
})
