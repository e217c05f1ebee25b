import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Address } from '../server.ts'
import { ChildServer } from '../testing/child-server.ts'
import { FRAME_CONVERSATIONS } from '../testing/conversations.ts'
import { badChecksum, message, ping, readAnswers } from '../testing/frames.ts'
import { RawClient } from '../testing/raw-client.ts'
import { until } from '../testing/until.ts'

const isMissing = spawnSync('python3', ['--version']).error !== undefined
const FRAME_SERVER = fileURLToPath(new URL('frame_server.py', import.meta.url))
const IDLE_MS = 300

describe.skipIf(isMissing)(`the Python server${isMissing ? ' (skipped: there is no python3)' : ''}`, () => {
  let child: ChildServer
  let address: Address

  beforeAll(async () => {
    child = ChildServer.run('python3', [FRAME_SERVER, '0'])
    address = await child.address()
  })

  afterAll(async () => {
    expect([await child.stop(), child.stderr]).toEqual([0, ''])
  })

  test.each(FRAME_CONVERSATIONS)('$title', async ({ says, gets }) => {
    const client = await RawClient.connect(address)
    expect(readAnswers(await client.send(says).end().getsEnd())).toEqual(gets)
    expect(client.ending).toBe('fin')
  })

  test('a frame torn into single bytes is answered as one', async () => {
    const client = await RawClient.connect(address)
    for (const byte of message('torn')) {
      client.send(Uint8Array.of(byte))
      await client.getsWithin(2)
    }
    expect(readAnswers(await client.gets(13))).toEqual(['message "torn"'])
    client.end()
  })

  test('a silent client gets error 5 after the idle time and not earlier', async () => {
    const hasty = ChildServer.run('python3', [FRAME_SERVER, '0', '--idle-ms', `${IDLE_MS}`])
    const hastyAddress = await hasty.address()
    const connectedAt = performance.now()
    const client = await RawClient.connect(hastyAddress)
    expect(readAnswers(await client.send(ping('x')).getsEnd())).toEqual(['pong "x"', 'error 5'])
    expect(performance.now() - connectedAt).toBeGreaterThanOrEqual(IDLE_MS)
    client.end()
    expect(await hasty.stop()).toBe(0)
  })

  test('a refused client that goes on sending reads its error, then FIN', async () => {
    const client = await RawClient.connect(address)
    client.send(Buffer.concat([message('a'), badChecksum('b'), Buffer.alloc(2_000_000)]))
    expect(readAnswers(await client.getsEnd())).toEqual(['message "a"', 'error 1'])
    expect(client.end().ending).toBe('fin')
  })

  test('clients that reset inside a header leave no descriptor behind', async () => {
    const before = child.descriptors()
    const clients = await Promise.all(Array.from({ length: 60 }, () => RawClient.connect(address)))
    for (const client of clients) await client.send(Buffer.concat([message('x'), Buffer.alloc(2)])).gets(10)
    for (const client of clients) client.reset()
    await until(() => child.descriptors() <= before, 'all connections are dropped')
  })

  test('answers held for a client that does not read are all delivered when it reads', async () => {
    const before = child.residentBytes()
    const [client, witness] = [await RawClient.connect(address), await RawClient.connect(address)]
    client.socket.pause()
    const sent = Array.from({ length: 64 }, (_, index) => message(Buffer.alloc(1_000_000, `${index} `)))
    for (const bytes of sent) client.send(bytes)
    client.end()
    for (let round = 1; round <= 50; round++) await witness.send(ping('alive')).gets(14 * round)
    expect(client.socket.writableLength).toBeGreaterThan(20_000_000)
    expect(child.residentBytes() - before).toBeLessThan(16_000_000)
    witness.end()
    client.socket.resume()
    expect(Buffer.compare(await client.getsEnd(), Buffer.concat(sent))).toBe(0)
  })
})
