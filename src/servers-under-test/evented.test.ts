import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { createServer } from './catalogue.ts'
import { ListenError } from './listen-error.ts'
import type { Address, Server } from './server.ts'
import { ChildServer } from './testing/child-server.ts'
import { FRAME_CONVERSATIONS } from './testing/conversations.ts'
import { badChecksum, message, ping, readAnswers, stop } from './testing/frames.ts'
import { RawClient } from './testing/raw-client.ts'
import { turns, until } from './testing/until.ts'

const running: (() => Promise<unknown>)[] = []

async function start(server: Server): Promise<Address> {
  running.push(() => server.stop({ withinMs: 0 }))
  return server.listen(0, '127.0.0.1')
}

afterEach(async () => {
  for (const end of running.splice(0)) await end()
})

describe('over real sockets', () => {
  test.each(FRAME_CONVERSATIONS)('$title', async ({ says, gets }) => {
    const client = await RawClient.connect(await start(createServer('evented')))
    expect(readAnswers(await client.send(says).end().getsEnd())).toEqual(gets)
    expect(client.ending).toBe('fin')
  })

  test('a client that has ended its side still gets all answers, then FIN', async () => {
    const client = await RawClient.connect(await start(createServer('evented', 'echo')))
    const bytes = Buffer.alloc(3_000_000, 'half-close ')
    expect(Buffer.compare(await client.send(bytes).end().getsEnd(), bytes)).toBe(0)
    expect(client.ending).toBe('fin')
  })

  test('a refused client that goes on sending reads its error, then FIN, and no RST', async () => {
    const client = await RawClient.connect(await start(createServer('evented')))
    client.send(Buffer.concat([message('a'), badChecksum('b'), Buffer.alloc(2_000_000)]))
    expect(readAnswers(await client.getsEnd())).toEqual(['message "a"', 'error 1'])
    await once(client.send(Buffer.alloc(100)).end().socket, 'close')
    expect(client.ending).toBe('fin')
  })

  test('a refused client that never ends is closed after a second, and not earlier', async () => {
    const child = ChildServer.serve('evented')
    running.push(() => child.stop())
    const address = await child.address()
    const before = child.descriptors()
    const client = await RawClient.connect(address)
    await client.send(badChecksum('b')).getsEnd()
    const refusedAt = performance.now()
    expect(child.descriptors()).toBe(before + 1)
    await until(() => child.descriptors() === before, 'the server has closed the connection')
    expect(performance.now() - refusedAt).toBeGreaterThan(900)
    client.reset()
  })

  test('a silent client gets error 5 after the idle time, and bytes begin it anew', async () => {
    const client = await RawClient.connect(await start(createServer('evented', 'frame', { idleMs: 200 })))
    const begunAt = performance.now()
    for (const byte of ping('x')) {
      client.send(Uint8Array.of(byte))
      await client.getsWithin(40)
    }
    expect(performance.now() - begunAt).toBeGreaterThan(300)
    expect(readAnswers(await client.getsEnd())).toEqual(['pong "x"', 'error 5'])
    client.end()
  })
})

test('200 connections of which a third reset inside a header leave nothing behind', async () => {
  const child = ChildServer.serve('evented')
  running.push(() => child.stop())
  const address = await child.address()
  const before = child.descriptors()
  const witness = await RawClient.connect(address)
  const clients = await Promise.all(Array.from({ length: 200 }, () => RawClient.connect(address)))
  await Promise.all(clients.map((client, index) => talkOrReset(client, index)))
  await until(() => child.descriptors() === before + 1, 'only the witness is connected')
  expect(readAnswers(await witness.send(ping('alive')).gets(14))).toEqual(['pong "alive"'])
  witness.end()
  await until(() => child.descriptors() === before, 'nobody is connected')
  expect(child.stderr).toBe('')
})

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

describe('a stop', () => {
  test('answers what has come, ends every connection, and binds the same port again at once', async () => {
    const server = createServer('evented')
    const address = await start(server)
    const [busy, silent] = [await RawClient.connect(address), await RawClient.connect(address)]
    await turns()
    const stopped = server.stop({ withinMs: 60_000 })
    busy.send(message('last words'))
    for (const client of [busy, silent]) await client.getsEnd()
    expect([readAnswers(busy.received), busy.ending, silent.ending]).toEqual([['message "last words"'], 'fin', 'fin'])
    busy.end()
    silent.end()
    await stopped
    const again = createServer('evented')
    running.push(() => again.stop())
    expect(await again.listen(address.port, address.host)).toEqual(address)
  })

  test('closes by force what has not ended in time', async () => {
    const server = createServer('evented')
    const client = await RawClient.connect(await server.listen(0, '127.0.0.1'))
    await client.send(stop()).gets(9)
    await server.stop({ withinMs: 50 })
    expect(client.ending).toBe('fin')
    client.reset()
  })
})

test('a port that is taken is a ListenError', async () => {
  const { port } = await start(createServer('evented'))
  await expect(createServer('evented').listen(port, '127.0.0.1')).rejects.toThrow(ListenError)
})
