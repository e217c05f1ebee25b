import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, isIPv6 } from 'node:net'

/** A port of this address that nobody has at the moment, of TCP or of UDP. */
export async function freePort(host: string, transport?: 'udp'): Promise<number> {
  if (transport === 'udp') {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4').bind(0, host)
    await once(socket, 'listening')
    const { port } = socket.address()
    socket.close()
    await once(socket, 'close')
    return port
  }
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}
