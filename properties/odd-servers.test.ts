import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaints, hold, type ServerUnderTest } from './testing/hold.ts'
import { ODD_SERVICES } from './testing/odd-services.ts'

const OTHERS = ['echo', 'lines', 'upper'] as const
const RUNS = 15

const python = spawnSync('python3', ['--version']).error === undefined
const whyNoPython = python ? '' : ' (skipped: python3 is not installed: apt-get install python3)'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const ours = (name: string, protocol: string): ServerUnderTest => ({
  name,
  protocol,
  run: (port) => [
    process.execPath,
    ...['--import', import.meta.resolve('jiti/register'), here('testing/odd-server.ts'), name, protocol, `${port}`],
  ],
})
const pythons = (name: string, file: string, protocol = 'echo'): ServerUnderTest => ({
  name,
  protocol,
  run: (port) => ['python3', here(file), `${port}`],
})

const PYTHON_SERVERS = [
  pythons('asyncio streams', 'testing/asyncio_echo.py'),
  pythons('socketserver.ThreadingTCPServer', 'testing/threading_echo.py'),
  pythons('a server with a tiny send buffer', 'testing/tiny_send_buffer.py'),
  pythons('the frame server in Python', '../src/servers-under-test/python/frame_server.py', 'frame'),
]

/** Another seed for each server: together they say more than the same cases again would. */
async function raisesNoFalseAlarm(server: ServerUnderTest): Promise<void> {
  const seed = [...`${server.name} ${server.protocol}`].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  // A model knows no time: a server that soon has enough of silence is given no silence by cases that wait for others.
  const concurrency = server.name === 'short-idle' ? 1 : 8
  expect(complaints(await hold(server, { seed, runs: RUNS, concurrency }))).toEqual([])
}

describe.concurrent('a server that is right but odd raises no false alarm:', () => {
  // Each oddity with frames, which have ends to get wrong, and with one of the others in turn.
  const odd = Object.keys(ODD_SERVICES).flatMap((name, at) => [ours(name, 'frame'), ours(name, OTHERS[at % 3]!)])
  it.each(odd)('$name, $protocol', raisesNoFalseAlarm)
  it.skipIf(!python).each(PYTHON_SERVERS)(`$name, $protocol${whyNoPython}`, raisesNoFalseAlarm)
})

describe.concurrent('a server that serves one client at a time starves the others, and that is all that is told of it:', () => {
  const starving = async (server: ServerUnderTest): Promise<void> => {
    const result = await hold(server, { seed: 1, runs: RUNS })
    expect(result.properties.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id)).toEqual(['any/isolation'])
    expect(result.properties.find(({ id }) => id === 'any/isolation')?.failure).toMatchObject({
      rule: 'disturbed',
      connections: 2,
      confirmed: { failed: 5, tried: 5 },
    })
    expect(result.warnings.join()).toContain('one client at a time')
  }
  it('ours, echo', () => starving(ours('one-at-a-time', 'echo')))
  it.skipIf(!python)(`blocking calls in Python${whyNoPython}`, () =>
    starving(pythons('blocking', 'testing/blocking_echo.py')),
  )
})

describe('beside two processes that never rest', () => {
  const busy: ChildProcess[] = []
  beforeAll(() => {
    for (let each = 0; each < 2; each++) busy.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
  })
  afterAll(() => {
    for (const each of busy) each.kill('SIGKILL')
  })

  it.each([
    ours('slow', 'frame'),
    ours('byte-by-byte', 'lines'),
  ])('$name, $protocol raises no false alarm', async (server) => {
    expect(complaints(await hold(server, { seed: 3, runs: 15 }))).toEqual([])
  })
})
