// An evented server that tells the size of each of its reads. Usage: read-sizes.mjs HOST
// Prints its port, then one line of JSON for each connection that has ended: the sizes in order. Ends with its stdin.

import { createServer } from 'node:net'

const server = createServer((connection) => {
  const sizes = []
  connection.on('data', (data) => sizes.push(data.length))
  connection.on('error', () => {})
  connection.on('close', () => console.log(JSON.stringify(sizes)))
})
server.listen(0, process.argv[2], () => console.log(server.address().port))
process.stdin.on('end', () => process.exit()).resume()
