// A process with a server that nobody can mistake for a right one: node --import jiti/register hostile-server.ts NAME

import { type AddressInfo, createServer } from 'node:net'
import { afterPlainTalk, HOSTILE_SERVERS } from './hostile-servers.ts'

const behaviour = afterPlainTalk(HOSTILE_SERVERS[process.argv[2] ?? '']!)
const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('error', () => {})
  behaviour(socket)
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => {
  process.stdout.write(`127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
