import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Barrier, openBarrier } from './barrier.ts'
import { monotonic } from './clock.ts'
import { connectTo, hasIPv6, written } from './kernel/testing/connection.ts'
import { hasPython, type SpawnedServer, spawnNode, spawnPython } from './kernel/testing/spawn-server.ts'

const noKoffi = () => Promise.reject(new Error('koffi was taken away by the test'))
const noTable = () => {
  throw new Error('the table was taken away by the test')
}

type Starter = [name: string, start: () => Promise<SpawnedServer>]

/** Sends single bytes, with the barrier after each or not at all, and gives the sizes of the server's reads. */
async function readsOf(segments: number, server: SpawnedServer, barrier?: Barrier): Promise<number[]> {
  const client = await connectTo(server.port)
  const watch = barrier?.watch(client)
  for (let sent = 1; sent <= segments; sent++) {
    await written(client, 'x')
    if (watch !== undefined) expect(await watch.drained(sent, 2000)).toBe('proven')
  }
  client.end()
  const sizes = await server.readSizes()
  client.destroy()
  return sizes
}

test('without koffi it falls back to /proc/net/tcp and says why', async () => {
  const barrier = await openBarrier({ loadKoffi: noKoffi })
  expect(barrier.kind).toBe(process.platform === 'linux' ? 'proc' : 'gap')
  expect(barrier.why).toContain('koffi was taken away by the test')
  barrier.close()
})

test('without any view of the kernel it waits three round trips and proves nothing', async () => {
  const barrier = await openBarrier({ loadKoffi: noKoffi, readTable: noTable, roundTripMs: 10 })
  expect(barrier.kind).toBe('gap')
  expect(barrier.why).toMatch(/30 ms.*the table was taken away/)
  const client = { localAddress: '10.0.0.1', localPort: 1, remoteAddress: '10.0.0.2', remotePort: 2 }
  const began = monotonic()
  expect(await barrier.watch(client).drained(1, 1000)).toBe('unproven')
  expect(monotonic() - began).toBeGreaterThanOrEqual(29)
})

test('a table that shows nothing fails the self-check', { timeout: 10_000 }, async () => {
  const barrier = await openBarrier({ prefer: 'proc', readTable: () => '' })
  expect(barrier.kind).toBe('gap')
  expect(barrier.why).toContain('the self-check did not see its unread byte: "no-socket"')
})

describe.runIf(process.platform === 'linux').each([
  ['sock_diag', 2000],
  ['proc', 30],
] as const)('the barrier by %s', (prefer, segments) => {
  let barrier: Barrier
  let server: SpawnedServer | undefined
  beforeEach(async () => {
    barrier = await openBarrier({ prefer })
    expect(barrier.kind).toBe(prefer)
  })
  afterEach(() => {
    server?.stop()
    barrier.close()
  })

  const servers: readonly Starter[] = [
    ['a Node server', () => spawnNode()],
    ...(hasIPv6 ? [['a Node server on ::', () => spawnNode('::')] as Starter] : []),
    ...(hasPython ? [['a Python server', () => spawnPython('read')] as Starter] : []),
  ]

  test.each(servers)(`${segments} segments are ${segments} reads of %s`, { timeout: 60_000 }, async (_what, start) => {
    server = await start()
    expect(await readsOf(segments, server, barrier)).toEqual(Array(segments).fill(1))
  })
})

test('without a barrier the kernel joins segments: fewer than half as many reads', async () => {
  const server = await spawnNode()
  expect((await readsOf(2000, server)).length).toBeLessThan(1000)
  server.stop()
})

test.runIf(process.platform === 'linux')('32 connections at once are proven each for itself', async () => {
  const barrier = await openBarrier()
  const server = await spawnNode()
  const all = Array.from({ length: 32 }, () => readsOf(50, server, barrier))
  expect((await Promise.all(all)).map((sizes) => sizes.length)).toEqual(Array(32).fill(50))
  barrier.close()
  server.stop()
})
