// A process with a server that nobody can mistake for a right one: node --import jiti/register hostile-server.ts NAME PORT

import { createServer } from 'node:net'
import { afterPlainTalk, HOSTILE_SERVERS } from './hostile-servers.ts'

const [name = '', port] = process.argv.slice(2)
const behaviour = afterPlainTalk(HOSTILE_SERVERS[name]!)
let count = 0
createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('error', () => {})
  count += 1
  behaviour(socket, count)
}).listen({ port: Number(port), host: '127.0.0.1', backlog: 1024 })
