// A server for MQTT packets with mqtt-packet: PUBLISH (QoS 1) gets PUBACK, PINGREQ gets PINGRESP, and what cannot be parsed
// ends the connection, as it does in the broker aedes. Usage: mqtt.mjs FOLDER PORT

import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'

const [folder, port] = process.argv.slice(2)
const mqtt = createRequire(join(folder, 'here.js'))('mqtt-packet')

createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  const parser = mqtt.parser()
  parser.on('packet', ({ cmd, messageId }) => {
    if (cmd === 'publish') socket.write(mqtt.generate({ cmd: 'puback', messageId }))
    if (cmd === 'pingreq') socket.write(mqtt.generate({ cmd: 'pingresp' }))
  })
  parser.on('error', () => socket.end())
  socket.on('error', () => {})
  socket.on('data', (bytes) => parser.parse(bytes))
  socket.on('end', () => socket.end())
}).listen(Number(port), '127.0.0.1')
