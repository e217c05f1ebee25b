import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { type FourTuple, type KernelSockets, type Look, otherSide } from './kernel-sockets.ts'
import { PollLoop } from './poll-loop.ts'

/**
 * Proves on a throw-away loopback connection that the kernel's answers can be trusted here: one byte must be seen unread,
 * then read. Gives what went wrong, in words, or `undefined` when all is well. Takes at most two seconds.
 */
export async function selfCheck(sockets: KernelSockets, now: () => number): Promise<string | undefined> {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    return await checkWith(server, sockets, now)
  } catch (error) {
    return `the self-check has no loopback connection: ${(error as Error).message}`
  } finally {
    server.close()
  }
}

const DEADLINE_MS = 1000

async function checkWith(server: Server, sockets: KernelSockets, now: () => number): Promise<string | undefined> {
  const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', noDelay: true })
  const [accepted] = (await Promise.all([once(server, 'connection'), once(client, 'connect')]))[0] as [Socket]
  try {
    const look = sockets.connection(otherSide(client as FourTuple))
    const loop = new PollLoop<boolean>(() => sockets.refresh(), now)
    const becomes = (unread: number) => loop.wait(() => shows(look(), unread) || undefined, DEADLINE_MS, false)
    client.write('x')
    if (!(await becomes(1))) return `the self-check did not see its unread byte: ${JSON.stringify(look())}`
    accepted.resume()
    if (!(await becomes(0))) return `the self-check did not see its byte read: ${JSON.stringify(look())}`
    return undefined
  } finally {
    client.resetAndDestroy()
    accepted.destroy()
  }
}

function shows(look: Look, unread: number): boolean {
  if (typeof look === 'string') return false
  const counted = look.bytesReceived === undefined || look.bytesReceived === 1
  return look.state === 'ESTABLISHED' && look.inode !== 0 && look.receiveQueue === unread && counted
}
