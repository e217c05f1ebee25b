// An echo of lines with split2, which makes strings of them. Usage: lines.mjs FOLDER PORT

import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'

const [folder, port] = process.argv.slice(2)
const split = createRequire(join(folder, 'here.js'))('split2')

createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  const lines = split('\n')
  socket.on('error', () => {})
  socket.pipe(lines)
  lines.on('data', (line) => socket.write(`${line}\n`))
  lines.on('end', () => socket.end())
}).listen(Number(port), '127.0.0.1')
