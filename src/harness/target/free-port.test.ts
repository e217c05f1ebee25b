import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { isForsaken } from '../kernel/sockets-at.ts'
import { freePort } from './free-port.ts'

const HOST = '127.0.0.1'

it('is a port on which a server can listen, below those that the system hands out', async () => {
  const port = await freePort(HOST)
  const server = createServer().listen(port, HOST)
  await once(server, 'listening')
  server.close()
  expect(port).toBeGreaterThanOrEqual(20_000)
  expect(port).toBeLessThan(32_768)
})

it('is another one each time, also for who begins to look at the same port, as another process may', async () => {
  const mine = [await freePort(HOST), await freePort(HOST)]
  // The same module with a state of its own.
  const name = './free-port.ts?other'
  const other: typeof import('./free-port.ts') = await import(name)
  const theirs = [await other.freePort(HOST), await other.freePort(HOST)]
  expect(new Set([...mine, ...theirs]).size).toBe(4)
})

it('is none on which somebody listens already', async () => {
  const following = (await freePort(HOST)) + 1
  // Where this fails, somebody listens there as well.
  const server = createServer().listen(following, HOST)
  await once(server, 'listening').catch(() => {})
  expect(await freePort(HOST)).not.toBe(following)
  server.close()
})

it.runIf(process.platform === 'linux')(
  'is none that a connection still keeps which the server ended first',
  async () => {
    const following = (await freePort(HOST)) + 1
    const server = createServer((socket) => void socket.end()).listen(following, HOST)
    await once(server, 'listening')
    await once(connect(following, HOST).resume(), 'close')
    server.close()
    await once(server, 'close')
    expect(await isForsaken(following)).toBe(false)
    expect(await freePort(HOST)).not.toBe(following)
  },
)

it('is free for datagrams where that is asked for', async () => {
  const following = (await freePort(HOST, 'udp')) + 1
  const socket = createSocket('udp4')
  socket.bind(following, HOST)
  await once(socket, 'listening').catch(() => {})
  expect(await freePort(HOST, 'udp')).not.toBe(following)
  socket.close()
})

it('says what is wrong with an address that this machine has not', async () => {
  await expect(freePort('192.0.2.1')).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
})
