import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { listening } from '../testing/listening.ts'
import { closeWaitAt } from './sockets-at.ts'

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const IPV4 = `${HEAD}   0: 0100007F:1F90 0100007F:D2F0 08 00000000:00000001 00:00000000 00000000     0        0 5 1
   1: 0100007F:1F90 0100007F:D2F1 01 00000000:00000000 00:00000000 00000000     0        0 6 1
   2: 0100007F:D2F2 0100007F:1F90 08 00000000:00000000 00:00000000 00000000     0        0 7 1
`
const IPV6 = `${HEAD}   0: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:D2F3 08 00000000:00000001 00:00000000
`

it('the sockets of one port in one state are counted in both tables, and those of clients are not', () => {
  expect(closeWaitAt(8080, (path) => (path.endsWith('6') ? IPV6 : IPV4))).toBe(2)
  expect(closeWaitAt(8081, () => IPV4)).toBe(0)
})

it('a socket that a table shows twice is one', () => {
  const twice = `${IPV4}   3: 0100007F:1F90 0100007F:D2F0 08 00000000:00000001 00:00000000 00000000     0        0 5 1\n`
  expect(closeWaitAt(8080, (path) => (path.endsWith('6') ? HEAD : twice))).toBe(1)
})

it('a table may be missing, but not both', () => {
  const missing = (): never => {
    throw new Error('ENOENT')
  }
  expect(closeWaitAt(8080, (path) => (path.endsWith('6') ? missing() : IPV4))).toBe(1)
  expect(closeWaitAt(8080, missing)).toBeUndefined()
})

it.runIf(process.platform === 'linux')(
  'a connection that the client has ended is one until the server ends it',
  async () => {
    let end: () => void = () => {}
    const ended = new Promise<() => void>((resolve) => {
      end = () => resolve(() => {})
    })
    let close = (): void => {}
    const server = await listening((connection) => {
      connection.on('end', end)
      connection.resume()
      close = () => void connection.end()
    })
    const client = connect(server.address)
    await once(client, 'connect')
    client.end()
    await ended
    expect(closeWaitAt(server.address.port)).toBe(1)
    close()
    await once(client, 'close')
    await setImmediate()
    expect(closeWaitAt(server.address.port)).toBe(0)
    await server.close()
  },
)
