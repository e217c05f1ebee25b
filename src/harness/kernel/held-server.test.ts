// What the barrier says of servers that are slow, deaf or rude.

import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Barrier, openBarrier } from '../barrier.ts'
import { monotonic } from '../clock.ts'
import { connectTo, openPair, written } from './testing/connection.ts'
import { hasPython, type SpawnedServer, spawnPython } from './testing/spawn-server.ts'

describe.runIf(process.platform === 'linux').each(['sock_diag', 'proc'] as const)('the barrier by %s', (prefer) => {
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

  describe.runIf(hasPython)('with a Python server that does as it is told (needs python3)', () => {
    test('a server that never reads is unproven at its deadline', async () => {
      server = await spawnPython('hold')
      const { watch, client } = await oneByteTo(server)
      const began = monotonic()
      // On a busy machine everything is late: no later than any timer is what it can be held to, and than a look that has
      // begun by then and one more. With thousands of connections in TIME_WAIT a look at /proc takes a tenth of a second.
      const timer = pause(150).then(monotonic)
      expect(await watch.drained(1, 150)).toBe('unproven')
      const ended = monotonic()
      expect(ended - began).toBeGreaterThanOrEqual(150)
      expect(watch.state()).toMatchObject({ state: 'ESTABLISHED', receiveQueue: 1 })
      const look = monotonic() - ended
      expect(ended - (await timer)).toBeLessThan(150 + 2 * look)
      client.destroy()
    })

    test('a server that never accepts is unproven', async () => {
      server = await spawnPython('listen')
      const { watch, client } = await oneByteTo(server)
      expect(await watch.drained(1, 50)).toBe('unproven')
      expect(watch.state()).toMatchObject({ inode: 0 })
      client.destroy()
    })

    test('a server that reads late is proven when it does', async () => {
      server = await spawnPython('hold')
      const { watch, client } = await oneByteTo(server)
      expect(await watch.drained(1, 30)).toBe('unproven')
      const later = watch.drained(1, 5000)
      server.order('read')
      expect(await later).toBe('proven')
      client.destroy()
    })

    test('a server that resets the connection is gone, long before the deadline', async () => {
      server = await spawnPython('hold')
      const { watch, client } = await oneByteTo(server)
      const began = monotonic()
      const delivery = watch.drained(1, 5000)
      server.order('reset')
      expect(await delivery).toBe('gone')
      expect(monotonic() - began).toBeLessThan(2500)
      expect(watch.state()).toBeUndefined()
      client.destroy()
    })
  })

  test('bytes before our FIN are proven after it, while the server keeps its side open', async () => {
    const pair = await openPair()
    pair.client.end('ab')
    const watch = barrier.watch(pair.client)
    expect(await watch.drained(2, 30)).toBe('unproven')
    const later = watch.drained(2, 5000)
    pair.accepted.resume()
    expect(await later).toBe('proven')
    expect(watch.state()).toMatchObject({ state: 'CLOSE_WAIT' })
    pair.close()
  })

  async function oneByteTo(to: SpawnedServer) {
    const client = await connectTo(to.port)
    client.on('error', () => {})
    await written(client, 'x')
    return { watch: barrier.watch(client), client }
  }
})
