// A server for RESP bulk strings with redis-parser: each comes back. Usage: resp.mjs FOLDER PORT

import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'

const [folder, port] = process.argv.slice(2)
const Parser = createRequire(join(folder, 'here.js'))('redis-parser')

createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  let values = []
  const parser = new Parser({
    returnBuffers: true,
    returnReply: (value) => values.push(value),
    returnError: () => socket.end(),
    returnFatalError: () => socket.end(),
  })
  socket.on('error', () => {})
  // Answered when the read is through, as a server does that handles requests a batch at a time.
  socket.on('data', (bytes) => {
    parser.execute(bytes)
    for (const value of values) socket.write(Buffer.concat([Buffer.from(`$${value.length}\r\n`), value, END]))
    values = []
  })
  socket.on('end', () => socket.end())
}).listen(Number(port), '127.0.0.1')

const END = Buffer.from('\r\n')
