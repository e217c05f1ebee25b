// Situations that a loopback server cannot be brought into at will, played by a kernel that says what the test says.

import { expect, test } from 'vitest'
import { monotonic } from '../clock.ts'
import type { FourTuple, KernelSockets, Look, SocketView } from './kernel-sockets.ts'
import { PollLoop } from './poll-loop.ts'
import { type Delivery, watchSocket } from './socket-watch.ts'

const client: FourTuple = { localAddress: '10.0.0.1', localPort: 1, remoteAddress: '10.0.0.2', remotePort: 2 }
const standing: SocketView = { state: 'ESTABLISHED', receiveQueue: 0, sendQueue: 0, inode: 7, bytesReceived: 5 }

/** Watches `client` with these looks at the server's side, one after another (the last for ever), and at our own. */
function watching(server: readonly Look[], ours: Look) {
  let next = 0
  const sockets: KernelSockets = {
    kind: 'sock_diag',
    refresh: () => {},
    connection: (side) => () =>
      side.localPort === client.localPort ? ours : server[Math.min(next++, server.length - 1)]!,
    listener: () => undefined,
    countAt: () => undefined,
    close: () => {},
  }
  const loop = new PollLoop<Delivery>(() => {}, monotonic)
  return watchSocket(client, { sockets, loop, now: monotonic, gapMs: 10 })
}

test.each<Look>([
  'no-socket',
  'only-listener',
])('a server in another network namespace (%s) is unproven', async (look) => {
  const began = monotonic()
  expect(await watching([look], standing).drained(5, 5000)).toBe('unproven')
  const took = monotonic() - began
  expect(took).toBeGreaterThanOrEqual(10)
  expect(took).toBeLessThan(2500)
})

test('a server that was seen and is not there any more is gone, though our side does not know yet', async () => {
  expect(await watching([{ ...standing, receiveQueue: 1 }, 'only-listener'], standing).drained(5, 5000)).toBe('gone')
})

test('one picture without the server proves nothing', async () => {
  expect(await watching([standing, 'no-socket', standing], standing).drained(5, 5000)).toBe('proven')
})

test('a server that was reset before the first look is gone', async () => {
  expect(await watching(['only-listener'], 'no-socket').drained(5, 5000)).toBe('gone')
})

test('one look that cannot be made decides nothing', async () => {
  expect(await watching(['unreadable', standing, 'unreadable', standing], standing).drained(5, 5000)).toBe('proven')
})

test('a queue that was read before the bytes arrived proves nothing', async () => {
  const stale = { ...standing, receiveQueue: 0, bytesReceived: 5 }
  const truth = { ...standing, receiveQueue: 1, bytesReceived: 5 }
  expect(await watching([stale, truth], standing).drained(5, 30)).toBe('unproven')
})

test('bytes that have not arrived are not proven', async () => {
  expect(await watching([standing], standing).drained(6, 30)).toBe('unproven')
})

test.each<[string, SocketView, Look, Delivery]>([
  ['with all bytes', { ...standing, state: 'FIN_WAIT1', inode: 0 }, standing, 'proven'],
  ['before all bytes came', { ...standing, state: 'FIN_WAIT1', inode: 0, bytesReceived: 4 }, standing, 'gone'],
  ['as our acknowledged bytes show', tombstone('FIN_WAIT2'), { ...standing, bytesAcked: 6 }, 'proven'],
  ['with bytes not acknowledged', tombstone('FIN_WAIT2'), { ...standing, bytesAcked: 5 }, 'gone'],
  ['and says nothing more', tombstone('TIME_WAIT'), 'no-socket', 'gone'],
])('a server that closed %s', async (_what, server, ours, expected) => {
  expect(await watching([server], ours).drained(5, 5000)).toBe(expected)
})

test('after close nothing is looked at', async () => {
  const watch = watching([standing], standing)
  expect(watch.state()).toEqual(standing)
  watch.close()
  expect(watch.state()).toBeUndefined()
  expect(await watch.drained(5, 5000)).toBe('unproven')
})

/** What the kernel keeps of a socket that was closed: no counts. */
function tombstone(state: 'FIN_WAIT2' | 'TIME_WAIT'): SocketView {
  return { state, receiveQueue: 0, sendQueue: 0, inode: 0 }
}
