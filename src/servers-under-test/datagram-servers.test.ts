import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { createServer } from './catalogue.ts'
import { ListenError } from './listen-error.ts'
import type { Address, Server } from './server.ts'

const started: Server[] = []
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close()
  await Promise.all(started.splice(0).map((server) => server.stop()))
})

describe('the echo of datagrams', () => {
  it.each([0, 1, 512, 1_473, 65_507])('sends %i bytes back in one datagram', async (size) => {
    const client = await clientOf(await listening('udp-echo'))
    const bytes = Buffer.alloc(size, 'x')
    client.send(bytes)
    expect(await answers(client, 1)).toEqual([bytes])
  })
  it('answers each client', async () => {
    const address = await listening('udp-echo')
    const [one, other] = [await clientOf(address), await clientOf(address)]
    one.send('one')
    other.send('other')
    expect(`${await answers(one, 1)} ${await answers(other, 1)}`).toBe('one other')
  })
  it('gives its port back when it stops, and says when another has it', async () => {
    const server = await createServer('udp-echo')
    const { port, host } = await server.listen(0, '127.0.0.1')
    const second = await createServer('udp-echo')
    await expect(second.listen(port, host)).rejects.toThrow(ListenError)
    await expect(second.listen(port, host)).rejects.toThrow('EADDRINUSE')
    await server.stop()
    await second.listen(port, host)
    await second.stop()
  })
})

describe('each in its own way', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['broken/udp-merges', ['ab', 'c'], ['abc']],
    ['broken/udp-tears', ['x'.repeat(1_473)], ['x'.repeat(1_472), 'x']],
    ['broken/udp-truncates', ['x'.repeat(513)], ['x'.repeat(512)]],
    ['odd/udp-lossy', ['1', '2', '3', '4', '5'], ['1', '2', '4', '5']],
  ])('%s', async (name, says, gets) => {
    const client = await clientOf(await listening(name))
    for (const text of says) client.send(text)
    expect((await answers(client, gets.length)).map(String).sort()).toEqual([...gets].sort())
  })
  it('broken/udp-mixes', async () => {
    const address = await listening('broken/udp-mixes')
    const [one, other] = [await clientOf(address), await clientOf(address)]
    one.send('one')
    other.send('other')
    expect((await answers(other, 2)).map(String).sort()).toEqual(['one', 'other'])
  })
})

async function listening(name: string): Promise<Address> {
  const server = await createServer(name)
  started.push(server)
  return server.listen(0, '127.0.0.1')
}

async function clientOf({ host, port }: Address): Promise<Socket> {
  const socket = createSocket('udp4')
  sockets.push(socket)
  socket.connect(port, host)
  await once(socket, 'connect')
  return socket
}

/** The next answers that come, within some seconds. */
async function answers(socket: Socket, count: number): Promise<Buffer[]> {
  const got: Buffer[] = []
  const signal = AbortSignal.timeout(5_000)
  while (got.length < count) got.push((await once(socket, 'message', { signal }))[0])
  return got
}
