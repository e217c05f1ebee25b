import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { HOSTILE_SERVERS } from './testing/hostile-servers.ts'
import { errorsInJunit, errorsInResult, readTap } from './testing/outputs.ts'
import { removeScratch, Tornwire } from './testing/tornwire.ts'

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  removeScratch()
})

const MAIN = fileURLToPath(new URL('testing/hostile-server.ts', import.meta.url))
const JITI = import.meta.resolve('jiti/register')
const children: ChildProcess[] = []

async function serving(name: string): Promise<string> {
  const child = spawn(process.execPath, ['--import', JITI, MAIN, name], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = await once(child.stdout, 'data')
  return `${line}`.trim()
}

/** What the program itself takes, and room for a few answers of the size that it still listens to. */
const MOST_MEMORY = 320 * 1_048_576

/** Characters that would act on a terminal. */
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/

describe.concurrent('a server that', () => {
  it.each(Object.keys(HOSTILE_SERVERS))('%s is told of in words, and the run ends within its bounds', async (name) => {
    const files = ['--json', 'r.json', '--junit', 'r.xml', '--tap', 'r.tap']
    const only = ['--property', name === 'never closes' ? 'any/half-close' : 'any/answers']
    const budget = ['--runs', '24', '--seed', '1', '--protocol', 'echo']
    const run = await Tornwire.run(['fuzz', await serving(name), ...budget, ...only, ...files])
    expect([run.status, run.stdout]).toEqual([1, expect.stringMatching(/^FAIL /m)])
    expect(run.stdout + run.stderr).not.toMatch(UNSAFE)
    expect(run.stderr).not.toContain('this is a bug of tornwire')
    expect(run.peakBytes).toBeGreaterThan(0)
    expect(run.peakBytes).toBeLessThan(MOST_MEMORY)
    expect(errorsInResult(run.file('r.json'))).toEqual([])
    expect(await errorsInJunit(run.file('r.xml'))).toEqual([])
    expect(readTap(run.file('r.tap'))).toMatchObject({ count: 1, failed: 1, errors: [] })
  })

  it('answers the plain conversation with control characters is told of in words, too', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      HOSTILE_SERVERS['answers control characters']?.(socket)
    }).listen(0, '127.0.0.1')
    try {
      await once(server, 'listening')
      const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
      const run = await Tornwire.run(['fuzz', address, '--protocol', 'echo', '--junit', 'r.xml'])
      expect([run.status, run.stdout]).toEqual([3, expect.stringContaining('fails the plain conversation')])
      expect(run.stdout + run.stderr).not.toMatch(UNSAFE)
      expect(await errorsInJunit(run.file('r.xml'))).toEqual([])
    } finally {
      server.close()
    }
  })
})
