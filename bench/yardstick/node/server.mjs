// The bare node:net framed echo server: [--port=0] [--life=120, seconds]. Prints {"port":N}.

import net from 'node:net'
import { crc32 } from 'node:zlib'
import { HEAD, options, readU32, TRAILER } from './lib.mjs'

const asked = options()

const server = net.createServer({ noDelay: true }, (connection) => {
  let rest
  connection.on('error', () => {})
  connection.on('data', (chunk) => {
    const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk])
    const end = wholeFrames(bytes)
    if (end === undefined) return connection.destroy()
    if (end > 0) connection.write(bytes.subarray(0, end))
    rest = end < bytes.length ? bytes.subarray(end) : undefined
  })
})

/** Where the whole frames end, or `undefined` where one of them is wrong. */
function wholeFrames(bytes) {
  let at = 0
  while (bytes.length - at >= HEAD) {
    const length = readU32(bytes, at)
    if (length > 60_000) return undefined
    const end = at + HEAD + length
    if (bytes.length < end + TRAILER) break
    if (crc32(bytes.subarray(at, end)) !== readU32(bytes, end)) return undefined
    at = end + TRAILER
  }
  return at
}

server.listen({ port: Number(asked.port ?? 0), host: '127.0.0.1', backlog: 4096 }, () =>
  console.log(JSON.stringify({ port: server.address().port, pid: process.pid })),
)
setTimeout(() => process.exit(), 1000 * Number(asked.life ?? 120))
