// A server for tests of how servers are started, watched and ended. Usage: any-server.mjs PORT BEHAVIOUR [ARGUMENT]

import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'

const [port, behaviour, argument] = process.argv.slice(2)
const listen = () => server.listen(Number(port), '127.0.0.1', () => console.log('listening'))
const server = createServer((connection) => {
  connection.on('error', () => {})
  if (behaviour === 'resets') connection.resetAndDestroy()
  connection.on('data', (data) => {
    const word = data.toString()
    if (word === 'exit') process.exit(7)
    if (word === 'exit-later') setTimeout(() => process.exit(7), Number(argument))
    if (word === 'crash') process.kill(process.pid, 'SIGKILL')
    if (word === 'shout') console.log(`${'x'.repeat(100_000)}\nthe last line`)
    connection.end(data)
  })
})

const behaviours = {
  listens: listen,
  resets: listen,
  'listens-later': () => setTimeout(listen, Number(argument)),
  // It does not end when it is asked to.
  'is-stuck': () => process.on('SIGTERM', () => {}) && listen(),
  'never-listens': () => setInterval(() => {}, 1000),
  'cannot-start': () => {
    console.log('reading the configuration')
    console.error('no such key: \x1b[31mspeed')
    process.exitCode = 3
  },
  // Argument: a file that tells whether it was started before.
  'starts-once': () => {
    if (existsSync(argument)) process.exit(4)
    writeFileSync(argument, '')
    listen()
  },
  // A child of its own that does not end when it is asked to.
  'has-a-child': () => {
    const child = spawn(
      process.execPath,
      ['-e', "process.on('SIGTERM', () => {}); console.log('child', process.pid); setInterval(() => {}, 1000)"],
      {
        stdio: 'inherit',
      },
    )
    child.on('error', (error) => console.error(error.message))
    listen()
  },
}
behaviours[behaviour]()
