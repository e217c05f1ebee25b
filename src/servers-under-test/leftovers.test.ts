// What is left of a server when its clients are gone: no descriptor, no thread, no process more than before.
// TORNWIRE_CONNECTIONS sets how many clients each style gets; 10,000 of them take minutes where each is given a thread.

import { existsSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { STYLES } from './styles.ts'
import { ChildServer } from './testing/child-server.ts'
import { message, ping, readAnswers } from './testing/frames.ts'
import { type Holdings, holdingsOf, isAsleep, residentBytes, treeOf } from './testing/process-tree.ts'
import { RawClient } from './testing/raw-client.ts'
import { until } from './testing/until.ts'

const CONNECTIONS = Number(process.env.TORNWIRE_CONNECTIONS ?? 30)
const AT_ONCE = 10
const MINUTE_MS = 60_000

const children: ChildServer[] = []

function serve(style: string, protocol: string): ChildServer {
  const child = ChildServer.built(style, protocol)
  children.push(child)
  return child
}

afterEach(() => Promise.all(children.splice(0).map((child) => child.stop('SIGKILL'))))

describe('after many connections of which a third was reset inside a header', () => {
  test.each(Object.keys(STYLES))(
    '%s holds no descriptor, thread or process more than before, and leaves none when it stops',
    async (style) => {
      const child = serve(style, 'frame')
      const address = await child.address()
      const pid = child.process.pid!
      // The first clients make it start and open what it then keeps, as many threads as a pool may have.
      await stayTogether(address, AT_ONCE + 16, pid)
      const before = await settled(pid)
      const memory = residentBytes(pid)
      const began = performance.now()
      await talkToMany(address, CONNECTIONS)
      await until(() => isNoMore(holdingsOf(pid), before), `${style} holds no more than ${JSON.stringify(before)}`)
      if (CONNECTIONS > 1_000) report(style, before, holdingsOf(pid), residentBytes(pid) - memory, began)
      const all = treeOf(pid)
      expect(await child.stop()).toBe(0)
      expect([child.stdout, child.stderr]).toEqual([`listening on 127.0.0.1:${address.port}\n`, ''])
      await until(() => !all.some((each) => existsSync(`/proc/${each}`)), `all that ${style} had started is gone`)
    },
    15 * MINUTE_MS,
  )
})

test.each(['evented', 'async', 'prefork'])('%s holds 1,000 connections, and answers each', async (style) => {
  const address = await serve(style, 'frame').address()
  const clients: RawClient[] = []
  for (let batch = 0; batch < 10; batch++) {
    clients.push(...(await Promise.all(Array.from({ length: 100 }, () => RawClient.connect(address)))))
  }
  const answers = await Promise.all(
    clients.map(async (client, index) => {
      const bytes = ping(`${index}`)
      return readAnswers(await client.send(bytes).gets(bytes.length))
    }),
  )
  expect(answers).toEqual(clients.map((_, index) => [`pong "${index}"`]))
  expect(clients.filter(({ ending }) => ending !== 'open')).toEqual([])
  for (const client of clients) client.reset()
})

test('prefork starts another process in the place of one that is killed, and serves on', async () => {
  const child = serve('prefork', 'frame')
  const address = await child.address()
  const pid = child.process.pid!
  const before = holdingsOf(pid)
  const client = await RawClient.connect(address)
  await client.send(ping('x')).gets(10)
  const victims = treeOf(pid).slice(2)
  process.kill(victims[0]!, 'SIGKILL')
  await until(() => child.stderr.includes('another takes its place'), 'the supervisor has seen it')
  await until(() => holdingsOf(pid).processes === before.processes, 'another has taken its place')
  for (let round = 0; round < 8; round++) {
    const next = await RawClient.connect(address)
    expect(readAnswers(await next.send(ping('y')).end().getsEnd())).toEqual(['pong "y"'])
  }
  client.reset()
  expect(await child.stop()).toBe(0)
})

/** Are there at the same time, until the server has taken as many as it can. */
async function stayTogether(address: { host: string; port: number }, count: number, pid: number): Promise<void> {
  const bytes = message('together')
  const clients = await Promise.all(Array.from({ length: count }, () => RawClient.connect(address)))
  for (const client of clients) client.send(bytes.subarray(0, 2))
  await settled(pid)
  await Promise.all(clients.map((client) => client.send(bytes.subarray(2)).end().getsEnd()))
}

async function talkToMany(address: { host: string; port: number }, count: number): Promise<void> {
  for (let done = 0; done < count; done += AT_ONCE) {
    const indices = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, index) => done + index)
    await Promise.all(indices.map(async (index) => talkOrReset(await RawClient.connect(address), index)))
  }
}

async function talkOrReset(client: RawClient, index: number): Promise<void> {
  const bytes = message(`connection ${index}`)
  if (index % 3 === 0) {
    client.send(Buffer.concat([bytes, bytes.subarray(0, 2)]))
    await client.gets(bytes.length)
    client.reset()
  } else {
    expect(readAnswers(await client.send(bytes).end().getsEnd())).toEqual([`message "connection ${index}"`])
  }
}

/**
 * What it holds when that has not changed for a while, in which everything slept: threads come and go a little later than
 * their connections, and on a busy machine it takes long until one has started.
 */
async function settled(pid: number): Promise<Holdings> {
  let [last, since] = [holdingsOf(pid), performance.now()]
  await until(() => {
    const now = holdingsOf(pid)
    const isSame = JSON.stringify(now) === JSON.stringify(last) && isAsleep(pid)
    if (!isSame) [last, since] = [now, performance.now()]
    return performance.now() - since > 200
  }, 'it sleeps and holds the same for 200 ms')
  return last
}

function isNoMore(now: Holdings, before: Holdings): boolean {
  return now.processes <= before.processes && now.threads <= before.threads && now.descriptors <= before.descriptors
}

function report(style: string, before: Holdings, after: Holdings, grown: number, began: number): void {
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  console.info(
    `${style}: ${CONNECTIONS} connections in ${seconds} s; before ${JSON.stringify(before)}, after ${JSON.stringify(after)}, ${(grown / 1e6).toFixed(1)} MB more`,
  )
}
