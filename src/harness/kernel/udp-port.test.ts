import { expect, it } from 'vitest'
import { datagramServer } from '../testing/datagram-server.ts'
import { isUdpPortBound } from './udp-port.ts'

it('a port is bound as long as somebody has it', async () => {
  const { address, close } = await datagramServer(() => {})
  expect(isUdpPortBound(address)).toBe(true)
  await close()
  expect(isUdpPortBound(address)).toBe(false)
})

// 127.0.0.1:7001 in the words of a little-endian kernel, and those of a connected client with the same port.
const ROW = '  12: 0100007F:1B59 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 4711 2 0 0\n'
const ANY_IPV6 =
  '  7: 00000000000000000000000000000000:1B59 00000000000000000000000000000000:0000 07 00000000:00000000 00:0 0 0 0 4712 2\n'
const at = { host: '127.0.0.1', port: 7001 }

it.each([
  ['this address', { '/proc/net/udp': ROW }, true],
  ['any address', { '/proc/net/udp': ROW.replace('0100007F', '00000000') }, true],
  ['any address of IPv6', { '/proc/net/udp6': ANY_IPV6 }, true],
  ['another port', { '/proc/net/udp': ROW.replace('1B59', '1B5A') }, false],
  ['a client that is connected', { '/proc/net/udp': ROW.replace('00000000:0000 07', '0100007F:0035 01') }, false],
  ['nothing', {}, false],
])('of a table with %s', (_, tables: Readonly<Record<string, string>>, expected) => {
  expect(isUdpPortBound(at, (path) => tables[path] ?? '')).toBe(expected)
})

it('it is not known where the table cannot be read', () => {
  const unreadable = (): string => {
    throw Object.assign(new Error('no'), { code: 'EACCES' })
  }
  expect(isUdpPortBound(at, unreadable)).toBeUndefined()
})
