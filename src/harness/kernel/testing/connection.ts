import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { FourTuple } from '../kernel-sockets.ts'

/** Whether this machine has `::1`. */
export const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === '::1'))

/** A connection of ours, with all addresses known. */
export type Client = Socket & FourTuple

/** Connects without Nagle's algorithm. */
export async function connectTo(port: number, host = '127.0.0.1'): Promise<Client> {
  const client = connect({ port, host, noDelay: true, allowHalfOpen: true })
  await once(client, 'connect')
  return client as Client
}

/** Resolves when the kernel has taken these bytes. */
export function written(client: Client, data: string): Promise<void> {
  return new Promise((resolve) => client.write(data, () => resolve()))
}

/** A connection to a server in this process, which does not read until `accepted` is resumed. */
export interface Pair {
  readonly server: Server
  readonly port: number
  readonly client: Client
  readonly accepted: Socket
  close(): void
}

/** Makes such a connection: the server listens on `listen`, the client connects to `host`. */
export async function openPair(listen = '127.0.0.1', host = listen): Promise<Pair> {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }).listen({ port: 0, host: listen })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connecting = once(server, 'connection')
  const client = await connectTo(port, host)
  const [accepted] = (await connecting) as [Socket]
  for (const socket of [client, accepted]) socket.on('error', () => {})
  const close = () => {
    client.destroy()
    accepted.destroy()
    server.close()
  }
  return { server, port, client, accepted, close }
}
