import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import koffi from 'koffi'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { monotonic } from './clock.ts'
import { ConnectionLog } from './connection-log.ts'
import type { Wire } from './wire.ts'
import { WirePool } from './wire-pool.ts'

/** An echo server in a thread of its own: it answers also while ours is busy. */
const ECHO = `
  const { createServer } = require('node:net')
  const { parentPort } = require('node:worker_threads')
  const server = createServer((socket) => socket.on('error', () => {}).on('data', (data) => socket.write(data)))
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`
let server: Worker
let port: number
let pool: WirePool

beforeAll(async () => {
  server = new Worker(ECHO, { eval: true })
  port = (await once(server, 'message'))[0]
})

beforeEach(() => {
  pool = new WirePool()
})

afterAll(() => server.terminate())

async function connected(): Promise<Wire> {
  const wire = pool.take()
  const log = new ConnectionLog(0, [], monotonic)
  wire.open({ host: '127.0.0.1', port }, { log, limit: 1_000_000 })
  expect(await wire.until(() => log.connected, 5_000)).toBe(true)
  return wire
}

function beBusy(ms: number): void {
  const until = monotonic() + ms
  while (monotonic() < until);
}

test('an answer that lies unread in the kernel when the time is over is read before the wait is given up', async () => {
  const wire = await connected()
  wire.write(Buffer.from('x'))
  const answered = wire.until(() => wire.length > 0, 1)
  beBusy(100)
  expect(wire.length).toBe(0)
  expect(await answered).toBe(true)
  await wire.close()
})

test('a wait ends when nothing comes', async () => {
  const wire = await connected()
  expect(await wire.until(() => wire.length > 0, 5)).toBe(false)
  await wire.close()
})

test.runIf(process.platform === 'linux')(
  'a wire that is connected again still sends small segments at once (TCP_NODELAY)',
  async () => {
    const getsockopt = koffi
      .load('libc.so.6')
      .func('int getsockopt(int fd, int level, int name, _Out_ int *value, _Inout_ uint32_t *length)')
    const first = await connected()
    await first.close()
    pool.give(first)
    const again = await connected()
    expect(again).toBe(first)
    const value = [0]
    expect(getsockopt(again.descriptor, 6, 1, value, [4])).toBe(0)
    expect(value[0]).not.toBe(0)
    await again.close()
  },
)

test('the pool counts reads and the wires that are taken', async () => {
  const wire = await connected()
  expect(pool.atWork).toBe(1)
  wire.write(Buffer.from('x'))
  await wire.until(() => wire.length === 1, 5_000)
  expect(pool.reads).toBe(1)
  await wire.close()
  pool.give(wire)
  expect(pool.atWork).toBe(0)
})
