import { afterAll, describe, expect, it } from 'vitest'
import { removeScratch, scratchDir, Tornwire } from '../testing/tornwire.ts'

afterAll(removeScratch)

/** A collector, and the address on which it listens. */
async function collector(dir = scratchDir(), port = '0'): Promise<{ server: Tornwire; address: string }> {
  const server = Tornwire.start(['serve', 'evented', '--protocol', 'collector', '--port', port], dir)
  await server.says(/^listening on \S+\n/)
  return { server, address: server.stdout.trim().replace('listening on ', '') }
}

async function ends(server: Tornwire): Promise<void> {
  server.process.kill('SIGTERM')
  expect(await server.exit()).toBe(0)
}

/** All that it has said, having been asked for its state once more. */
function saysState(client: Tornwire): string {
  client.hears('state\n')
  return client.stdout
}

describe.concurrent('collect', () => {
  it('sends what it measures, does what it is told, and ends with 0 when all is stored', async () => {
    const { server, address } = await collector()
    const client = Tornwire.start(['collect', address, '--period', '10m'])
    client.hears('state\nsing\nstop\nquit\n')
    expect([await client.exit(), client.stderr]).toEqual([0, ''])
    expect(client.stdout).toMatch(
      /^collecting, .*\nthere is no command 'sing'; .*start.*\nstopped, .*\nstopped, over; 6 stored, .* 0 dropped\n$/,
    )
    await ends(server)
    expect(server.file('served/collected.log')).toMatch(/^(\S+Z \S+\.(cpu|memory|load)\.\S+ [\d.e+]+\n){6}$/)
  })

  // The `expect` of all tests does not know which of those that run at a time it polls for.
  it('comes back to a server that was away, with everything that it measured', async ({ expect }) => {
    const first = await collector()
    const client = Tornwire.start(['collect', first.address, '--period', '10m'])
    await expect.poll(() => saysState(client), { timeout: 10_000 }).toMatch(/6 stored, .* 0 sent/)
    await ends(first.server)
    client.hears('stop\nstart\n')
    await client.says(/nothing listens there \(connection refused\); trying again in 1 s, 6 lines waiting/)
    const second = await collector(first.server.dir, first.address.split(':')[1])
    client.hears('quit\n')
    expect([await client.exit(), client.stdout]).toEqual([0, expect.stringMatching(/; 12 stored, .*\n$/)])
    await ends(second.server)
    expect(second.server.file('served/collected.log').split('\n')).toHaveLength(13)
  })

  it('tells what is lost when it is ended while the server is away', async () => {
    const { server, address } = await collector()
    await ends(server)
    const client = Tornwire.start(['collect', address])
    await client.says(/trying again/)
    client.process.kill('SIGTERM')
    expect([await client.exit(), client.stdout]).toEqual([
      1,
      expect.stringMatching(/^6 measurements were not acknowledged and are lost; /m),
    ])
  })

  it('sends nothing to another machine that is not named', async () => {
    const run = await Tornwire.run(['collect', '192.0.2.1:7000'])
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('--allow-host 192.0.2.1')])
  })
})
