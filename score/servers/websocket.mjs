// An echo of WebSocket messages with ws. Usage: websocket.mjs FOLDER PORT

import { createRequire } from 'node:module'
import { join } from 'node:path'

const [folder, port] = process.argv.slice(2)
const WebSocket = createRequire(join(folder, 'here.js'))('ws')

new WebSocket.Server({ host: '127.0.0.1', port: Number(port) }).on('connection', (socket) => {
  socket.on('message', (text) => socket.send(text))
  socket.on('error', () => {})
})
