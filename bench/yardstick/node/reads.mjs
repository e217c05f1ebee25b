// An evented server that tells the size of each of its reads.
// Prints {"port":N}, then one line of JSON for each connection that has ended: the sizes in order.

import { createServer } from 'node:net'

const server = createServer((connection) => {
  const sizes = []
  connection.on('data', (data) => sizes.push(data.length))
  connection.on('error', () => {})
  connection.on('close', () => console.log(JSON.stringify(sizes)))
})
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })))
setTimeout(() => process.exit(), 600_000)
