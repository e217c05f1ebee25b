import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Address } from '../address.ts'

/** A server of a test, in this process. */
export interface Listening {
  readonly address: Address
  readonly server: Server
  close(): Promise<void>
}

/**
 * Listens on a free port of 127.0.0.1 (or on `port`). Connections stay half open until the test ends them; with
 * `pauseOnConnect` nothing is read of them before `serve` resumes them.
 */
export async function listening(
  serve: (connection: Socket) => void = () => {},
  port = 0,
  pauseOnConnect = false,
): Promise<Listening> {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, pauseOnConnect }, (connection) => {
    open.add(connection)
    connection.on('error', () => {})
    connection.on('close', () => open.delete(connection))
    serve(connection)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async (): Promise<void> => {
    for (const connection of open) connection.destroy()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  return { address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port }, server, close }
}
