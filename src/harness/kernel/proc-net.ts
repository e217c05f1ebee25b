// The kernel's table of TCP sockets as text: proc_net_tcp in the kernel's documentation, proc(5). An address is printed
// as 32-bit words in hexadecimal, each in the byte order of the machine: 127.0.0.1 is 0100007F on a little-endian one.

import { readFileSync } from 'node:fs'
import { endianness } from 'node:os'
import { addressBytes, mappedBytes } from './address.ts'
import {
  type Endpoint,
  type FourTuple,
  type KernelSockets,
  type KnownState,
  type Listener,
  type Look,
  type Opened,
  tcpStateNumber,
} from './kernel-sockets.ts'
import { ProcTable, type ReadTable } from './proc-table.ts'

/**
 * Looks sockets up in /proc/net/tcp and tcp6. After each `refresh` a table is read when the first look needs it: 2 to 4
 * milliseconds, whatever is looked up then. That it works here is not proven yet: see `selfCheck`.
 */
export function openProcNet(read: ReadTable = (path) => readFileSync(path, 'latin1')): Opened {
  try {
    read(IPV4_TABLE)
    return { sockets: new ProcNet(read) }
  } catch (error) {
    return { why: `the kernel's table of sockets cannot be read: ${(error as Error).message}` }
  }
}

const IPV4_TABLE = '/proc/net/tcp'
const IPV6_TABLE = '/proc/net/tcp6'
const ANY_IPV4 = new Uint8Array(4)
const ANY_IPV6 = new Uint8Array(16)

/** What a row of one of the tables begins with, after its number. */
interface Key {
  readonly table: ProcTable
  readonly text: string
}

class ProcNet implements KernelSockets {
  readonly kind = 'proc'
  readonly #ipv4: ProcTable
  readonly #ipv6: ProcTable

  constructor(read: ReadTable) {
    this.#ipv4 = new ProcTable(IPV4_TABLE, read)
    this.#ipv6 = new ProcTable(IPV6_TABLE, read)
  }

  refresh(): void {
    this.#ipv4.forget()
    this.#ipv6.forget()
  }

  connection(side: FourTuple): () => Look {
    const remotes = spellings(addressBytes(side.remoteAddress))
    const own = addressBytes(side.localAddress)
    const keys = spellings(own).map((local, index) =>
      this.#key(local, side.localPort, `${hexEndpoint(remotes[index]!, side.remotePort)} `),
    )
    const listeners = this.#listenerKeys(own, side.localPort)
    return () => {
      const row = find(keys)
      if (row !== 'no-row') return row
      const listener = find(listeners)
      return typeof listener === 'object' ? 'only-listener' : LOOK[listener]
    }
  }

  listener(at: Endpoint): Listener | undefined {
    this.refresh()
    const row = find(this.#listenerKeys(addressBytes(at.address), at.port))
    return typeof row === 'string' ? undefined : { acceptBacklog: row.receiveQueue, inode: row.inode }
  }

  countAt(port: number, state?: KnownState): number | undefined {
    this.refresh()
    const shown = state === undefined ? '[0-9A-F]{2}' : hex(tcpStateNumber(state), 2)
    const row = new RegExp(`^ *\\d+: ([0-9A-F]+:${hex(port, 4)} [0-9A-F]+:[0-9A-F]{4}) ${shown} `, 'gm')
    const [ipv4, ipv6] = [this.#ipv4.distinct(row), this.#ipv6.distinct(row)]
    return ipv4 === undefined || ipv6 === undefined ? undefined : ipv4 + ipv6
  }

  close(): void {
    this.refresh()
  }

  #listenerKeys(address: Uint8Array, port: number): Key[] {
    return listenerSpellings(address).map((own) =>
      this.#key(own, port, `${hexEndpoint(new Uint8Array(own.length), 0)} 0A `),
    )
  }

  #key(local: Uint8Array, port: number, rest: string): Key {
    const table = local.length === 4 ? this.#ipv4 : this.#ipv6
    return { table, text: `: ${hexEndpoint(local, port)} ${rest}` }
  }
}

const LOOK = { 'no-row': 'no-socket', unreadable: 'unreadable' } as const

/** The first row with one of these keys; `no-row` only where every table could be read. */
function find(keys: readonly Key[]): ReturnType<ProcTable['row']> {
  for (const { table, text } of keys) {
    const row = table.row(text)
    if (row !== 'no-row') return row
  }
  return 'no-row'
}

/** The addresses by which a listener may stand in the tables: this one, as each table writes it, and any. */
export function listenerSpellings(address: Uint8Array): readonly Uint8Array[] {
  return [...spellings(address), ...(address.length === 4 ? [ANY_IPV4, ANY_IPV6] : [ANY_IPV6])]
}

/** An IPv4 address stands in the table of IPv6 where the socket is a dual-stack one. */
function spellings(bytes: Uint8Array): readonly Uint8Array[] {
  return bytes.length === 4 ? [bytes, mappedBytes(bytes)] : [bytes]
}

/** As the tables print it. */
export function hexEndpoint(bytes: Uint8Array, port: number): string {
  const words: string[] = []
  for (let at = 0; at < bytes.length; at += 4) {
    const word = bytes.slice(at, at + 4)
    words.push(Buffer.from(endianness() === 'LE' ? word.reverse() : word).toString('hex'))
  }
  return `${words.join('').toUpperCase()}:${hex(port, 4)}`
}

function hex(number: number, digits: number): string {
  return number.toString(16).toUpperCase().padStart(digits, '0')
}
