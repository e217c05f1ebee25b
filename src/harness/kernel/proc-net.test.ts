import { endianness } from 'node:os'
import { describe, expect, test } from 'vitest'
import { openProcNet } from './proc-net.ts'

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const REST = '00:00000000 00000000  1000        0'
const IPV4 = `${HEAD}   0: 00000000:1F90 00000000:0000 0A 00000000:00000002 ${REST} 11 1 0 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C350 01 00000010:000000FF ${REST} 4711 1 0 20 4 30 10 -1
`
const IPV6 = `${HEAD}   0: 00000000000000000000000000000000:1F91 00000000000000000000000000000000:0000 0A 00000000:00000001 ${REST} 22 1
   1: 0000000000000000FFFF00000100007F:1F91 0000000000000000FFFF00000200007F:C351 08 00000000:00000001 ${REST} 33 1
`

function open(tables: Record<string, string>) {
  const read = (path: string) => {
    const text = tables[path]
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })
    if (text === 'EMFILE') throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
    return text
  }
  const opened = openProcNet(read)
  if ('why' in opened) throw new Error(opened.why)
  return opened.sockets
}

const local = { localAddress: '127.0.0.1', remoteAddress: '127.0.0.1' }

describe.runIf(endianness() === 'LE')('the tables of a little-endian machine', () => {
  test('a row tells state, both queues and inode', () => {
    const look = open({ '/proc/net/tcp': IPV4 }).connection({ ...local, localPort: 8080, remotePort: 50000 })
    expect(look()).toEqual({ state: 'ESTABLISHED', sendQueue: 16, receiveQueue: 255, inode: 4711 })
  })

  test('an IPv4 client of a dual-stack server stands in the table of IPv6', () => {
    const sockets = open({ '/proc/net/tcp': IPV4, '/proc/net/tcp6': IPV6 })
    const look = sockets.connection({ ...local, remoteAddress: '127.0.0.2', localPort: 8081, remotePort: 50001 })
    expect(look()).toEqual({ state: 'CLOSE_WAIT', sendQueue: 0, receiveQueue: 1, inode: 33 })
  })

  test('listeners on 0.0.0.0 and on :: are found, with their backlog', () => {
    const sockets = open({ '/proc/net/tcp': IPV4, '/proc/net/tcp6': IPV6 })
    expect(sockets.listener({ address: '127.0.0.1', port: 8080 })).toEqual({ acceptBacklog: 2, inode: 11 })
    expect(sockets.listener({ address: '127.0.0.1', port: 8081 })).toEqual({ acceptBacklog: 1, inode: 22 })
    expect(sockets.listener({ address: '::1', port: 8080 })).toBeUndefined()
  })

  test('the sockets of one port in one state are counted in both tables, and those of clients are not', () => {
    const sockets = open({ '/proc/net/tcp': IPV4, '/proc/net/tcp6': IPV6 })
    expect(sockets.countAt(8081, 'CLOSE_WAIT')).toBe(1)
    expect(sockets.countAt(8081)).toBe(2)
    expect(sockets.countAt(8080, 'CLOSE_WAIT')).toBe(0)
    expect(sockets.countAt(50000)).toBe(0)
  })

  test('a table may be missing', () => {
    expect(open({ '/proc/net/tcp': IPV4 }).countAt(8080)).toBe(2)
  })

  test('a socket that a table shows twice is one', () => {
    const [, row = ''] = IPV6.split('   1')
    const twice = `${IPV6}   2${row}`
    expect(open({ '/proc/net/tcp': HEAD, '/proc/net/tcp6': twice }).countAt(8081, 'CLOSE_WAIT')).toBe(1)
  })

  test('a look is answered from one picture until the next refresh', () => {
    const tables = { '/proc/net/tcp': IPV4 }
    const sockets = open(tables)
    const look = sockets.connection({ ...local, localPort: 8080, remotePort: 50000 })
    expect(look()).toMatchObject({ inode: 4711 })
    tables['/proc/net/tcp'] = HEAD
    expect(look()).toMatchObject({ inode: 4711 })
    sockets.refresh()
    expect(look()).toBe('no-socket')
  })
})

test.each([
  '/proc/net/tcp',
  '/proc/net/tcp6',
])('%s that cannot be read for once does not mean that a socket has gone', (path) => {
  const tables: Record<string, string> = { '/proc/net/tcp': HEAD, '/proc/net/tcp6': HEAD }
  const sockets = open(tables)
  tables[path] = 'EMFILE'
  expect(sockets.connection({ ...local, localPort: 8080, remotePort: 50000 })()).toBe('unreadable')
  expect(sockets.countAt(8080)).toBeUndefined()
})

test('where there is no table it is said which', () => {
  const opened = openProcNet(() => {
    throw new Error("ENOENT: no such file or directory, open '/proc/net/tcp'")
  })
  expect(opened).toMatchObject({ why: expect.stringContaining("open '/proc/net/tcp'") })
})
