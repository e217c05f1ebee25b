// A server for RESP bulk strings with redis-parser: each comes back, 2 ms after it came. Usage: resp.mjs FOLDER PORT

import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'

const [folder, port] = process.argv.slice(2)
const Parser = createRequire(join(folder, 'here.js'))('redis-parser')

const WORK_MS = 2
const END = Buffer.from('\r\n')

createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  const later = (act) => setTimeout(() => socket.writable && act(), WORK_MS)
  const parser = new Parser({
    returnBuffers: true,
    // The value is kept while it is worked on: a parser must not use its memory again.
    returnReply: (value) => later(() => socket.write(Buffer.concat([Buffer.from(`$${value.length}\r\n`), value, END]))),
    returnError: () => later(() => socket.end()),
    returnFatalError: () => later(() => socket.end()),
  })
  socket.on('error', () => {})
  socket.on('data', (bytes) => parser.execute(bytes))
  socket.on('end', () => later(() => socket.end()))
}).listen(Number(port), '127.0.0.1')
