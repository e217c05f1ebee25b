// The Modbus/TCP server of modbus-serial; every holding register holds its own address. Usage: modbus.mjs FOLDER PORT

import { createRequire } from 'node:module'
import { join } from 'node:path'

const [folder, port] = process.argv.slice(2)
const { ServerTCP } = createRequire(join(folder, 'here.js'))('modbus-serial')

const vector = { getHoldingRegister: (address) => address }
const server = new ServerTCP(vector, { host: '127.0.0.1', port: Number(port), unitID: 1 })
server.on('socketError', () => {})
server.on('serverError', () => {})
