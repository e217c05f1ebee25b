// Both sources must tell the same of real connections.

import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { monotonic } from '../clock.ts'
import { type KernelSockets, type Look, type Opened, otherSide } from './kernel-sockets.ts'
import { PollLoop } from './poll-loop.ts'
import { openProcNet } from './proc-net.ts'
import { selfCheck } from './self-check.ts'
import { openSockDiag } from './sock-diag.ts'
import { connectTo, hasIPv6, openPair, type Pair } from './testing/connection.ts'
import { hasPython, spawnPython } from './testing/spawn-server.ts'

const onLinux = describe.runIf(process.platform === 'linux')

const IPV6_PLACES: readonly (readonly [what: string, listen: string, host: string])[] = [
  ['an IPv6 server', '::1', '::1'],
  ['a dual-stack server, by IPv6', '::', '::1'],
  ['a dual-stack server, by IPv4', '::', '127.0.0.1'],
]
const PLACES = [
  ['an IPv4 server', '127.0.0.1', '127.0.0.1'],
  ['a server on 0.0.0.0', '0.0.0.0', '127.0.0.1'],
  ...(hasIPv6 ? IPV6_PLACES : []),
] as const

/** A part of a dump is 8 KiB at the most, and a socket in it takes 88 bytes and more. */
const MANY = 200

onLinux.each<[string, () => Opened | Promise<Opened>]>([
  ['sock_diag', () => openSockDiag()],
  ['/proc/net/tcp', () => openProcNet()],
])('%s', (_name, open) => {
  let sockets: KernelSockets
  let pair: Pair | undefined
  beforeEach(async () => {
    const opened = await open()
    if ('why' in opened) throw new Error(opened.why)
    sockets = opened.sockets
  })
  afterEach(() => {
    pair?.close()
    sockets.close()
  })

  /** Looks until it is so, for a second at most. */
  async function until(look: () => Look, so: (look: Look) => boolean): Promise<Look> {
    let last: Look = 'unreadable'
    const loop = new PollLoop<boolean>(() => sockets.refresh(), monotonic)
    const check = () => {
      last = look()
      return so(last) || undefined
    }
    expect(await loop.wait(check, 1000, false), JSON.stringify(last)).toBe(true)
    return last
  }

  const queued = (bytes: number) => (look: Look) => typeof look === 'object' && look.receiveQueue === bytes

  test('passes its self-check', async () => {
    expect(await selfCheck(sockets, monotonic)).toBeUndefined()
  })

  test.each(PLACES)('sees bytes come and go at %s', async (_what, listen, host) => {
    pair = await openPair(listen, host)
    const look = sockets.connection(otherSide(pair.client))
    pair.client.write('abc')
    expect(await until(look, queued(3))).toMatchObject({ state: 'ESTABLISHED', sendQueue: 0 })
    pair.accepted.resume()
    expect(await until(look, queued(0))).toMatchObject({ state: 'ESTABLISHED' })
    const listener = sockets.listener({ address: host, port: pair.port })
    expect(listener).toMatchObject({ acceptBacklog: 0 })
    expect(listener?.inode).toBeGreaterThan(0)
  })

  test('counts an unread FIN as one byte in the queue', async () => {
    pair = await openPair()
    pair.client.end('ab')
    const look = await until(sockets.connection(otherSide(pair.client)), queued(3))
    expect(look).toMatchObject({ state: 'CLOSE_WAIT' })
    if (sockets.kind === 'sock_diag') expect(look).toMatchObject({ bytesReceived: 3 })
  })

  test('tells a connection that has gone from a port that nobody listens on', async () => {
    pair = await openPair()
    const look = sockets.connection(otherSide(pair.client))
    const { port } = pair
    pair.accepted.resetAndDestroy()
    await until(look, (seen) => seen === 'only-listener')
    pair.close()
    await until(look, (seen) => seen === 'no-socket')
    expect(sockets.listener({ address: '127.0.0.1', port })).toBeUndefined()
  })

  test.each(PLACES)('counts the sockets of a port, in all states or in one, at %s', async (_what, listen, host) => {
    pair = await openPair(listen, host)
    const { port, client } = pair
    // Our own client has another port. Of an earlier server with this one, something may still be in TIME_WAIT.
    expect([sockets.countAt(port, 'LISTEN'), sockets.countAt(port, 'ESTABLISHED')]).toEqual([1, 1])
    expect(sockets.countAt(port)).toBeGreaterThanOrEqual(2)
    expect(sockets.countAt(port, 'CLOSE_WAIT')).toBe(0)
    client.end()
    await until(
      sockets.connection(otherSide(client)),
      (look) => typeof look === 'object' && look.state === 'CLOSE_WAIT',
    )
    expect(sockets.countAt(port, 'CLOSE_WAIT')).toBe(1)
    expect(sockets.countAt(port, 'ESTABLISHED')).toBe(0)
  })

  test('counts as many as no one part of an answer holds', async () => {
    pair = await openPair()
    const { port } = pair
    const clients = await Promise.all(Array.from({ length: MANY }, () => connectTo(port)))
    onTestFinished(() => clients.forEach((client) => void client.resetAndDestroy()))
    // The server's side of each, and of the first one.
    await vi.waitFor(() => expect(sockets.countAt(port, 'ESTABLISHED')).toBe(MANY + 1))
  })

  test.runIf(hasPython)('counts no socket of another port that is only bound (needs python3)', async () => {
    pair = await openPair()
    const { port } = pair
    const before = sockets.countAt(port)
    const bound = await spawnPython('bind')
    onTestFinished(() => bound.stop())
    expect(sockets.countAt(port)).toBeLessThanOrEqual(before ?? 0)
  })

  test.runIf(hasPython)('sees connections that were not accepted (needs python3)', async () => {
    const server = await spawnPython('listen')
    const clients = [await connectTo(server.port), await connectTo(server.port)]
    const look = await until(sockets.connection(otherSide(clients[0]!)), queued(0))
    expect(look).toMatchObject({ state: 'ESTABLISHED', inode: 0 })
    expect(sockets.listener({ address: '127.0.0.1', port: server.port })?.acceptBacklog).toBe(2)
    for (const client of clients) client.destroy()
    server.stop()
  })
})
