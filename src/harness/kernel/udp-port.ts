import { readFileSync } from 'node:fs'
import type { Address } from '../address.ts'
import { addressBytes } from './address.ts'
import { hexEndpoint, listenerSpellings } from './proc-net.ts'
import { ProcTable, type ReadTable } from './proc-table.ts'

/**
 * Whether a socket waits for datagrams at this address: /proc/net/udp, where an unconnected socket is in state 07.
 * `undefined` where the table cannot be read. Nothing is sent: a datagram that only asks is one that the server must answer.
 */
export function isUdpPortBound(
  { host, port }: Address,
  read: ReadTable = (path) => readFileSync(path, 'latin1'),
): boolean | undefined {
  const rows = listenerSpellings(addressBytes(host)).map((own) => {
    const table = new ProcTable(own.length === 4 ? '/proc/net/udp' : '/proc/net/udp6', read)
    return table.row(`: ${hexEndpoint(own, port)} ${hexEndpoint(new Uint8Array(own.length), 0)} 07 `)
  })
  if (rows.some((row) => typeof row === 'object')) return true
  return rows.includes('unreadable') ? undefined : false
}
