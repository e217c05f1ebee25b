// A process that serves a protocol rightly and oddly: node --import jiti/register odd-server.ts NAME PROTOCOL PORT

import { createServer, type Socket } from 'node:net'
import type { ProtocolName } from '../../src/servers-under-test/catalogue-entry.ts'
import { SERVICES } from '../../src/servers-under-test/services.ts'
import { serveSocket } from '../../src/servers-under-test/socket-transport.ts'
import type { Service } from '../../src/servers-under-test/transport.ts'
import { ODD_SERVICES, type OddName } from './odd-services.ts'

const [name, protocol, port] = process.argv.slice(2) as [OddName | 'one-at-a-time', ProtocolName, string]
const service: Service = name === 'one-at-a-time' ? SERVICES[protocol] : ODD_SERVICES[name](SERVICES[protocol])
const idleMs = name === 'short-idle' ? 500 : 30_000

let turn: Promise<unknown> = Promise.resolve()

const server = createServer(
  { allowHalfOpen: true, noDelay: true, pauseOnConnect: name === 'one-at-a-time' },
  (socket) => {
    if (name !== 'one-at-a-time') return void serveSocket(socket, service, { idleMs })
    // One that waits for its turn may be reset meanwhile.
    socket.on('error', () => {})
    turn = turn.then(() => serveToTheEnd(socket))
  },
)
server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 })
process.once('SIGTERM', () => process.exit(0))

async function serveToTheEnd(socket: Socket): Promise<void> {
  if (socket.destroyed) return
  const closed = new Promise((resolve) => socket.once('close', resolve))
  serveSocket(socket, service, { idleMs })
  socket.resume()
  await closed
}
