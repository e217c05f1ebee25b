import { type SocketView, tcpState } from './kernel-sockets.ts'

const NOT_READ = Symbol('not read since it was forgotten')
const UNREADABLE = Symbol('could not be read')

/** Reads one of the kernel's tables whole. Throws where it is missing or may not be read. */
export type ReadTable = (path: string) => string

/** One of the tables, /proc/net/tcp or tcp6, read when it is first searched after `forget`. */
export class ProcTable {
  readonly #path: string
  readonly #read: ReadTable
  #text: string | typeof NOT_READ | typeof UNREADABLE = NOT_READ

  constructor(path: string, read: ReadTable) {
    this.#path = path
    this.#read = read
  }

  forget(): void {
    this.#text = NOT_READ
  }

  /** Searching the text costs far less than parsing thousands of rows that nobody asked about. */
  row(key: string): SocketView | 'no-row' | 'unreadable' {
    const text = this.#now()
    if (text === undefined) return 'unreadable'
    const at = text.indexOf(key)
    return at < 0 ? 'no-row' : parseRow(text.slice(at + 2, text.indexOf('\n', at)))
  }

  /**
   * How many different texts the first group of this pattern has in it; `undefined` where it could not be read. Different: a
   * table is read in pieces, and shows a socket twice where others came or went in between.
   */
  distinct(pattern: RegExp): number | undefined {
    const text = this.#now()
    return text === undefined ? undefined : new Set([...text.matchAll(pattern)].map(([, part]) => part)).size
  }

  #now(): string | undefined {
    if (this.#text === NOT_READ) this.#text = this.#readNow()
    return typeof this.#text === 'symbol' ? undefined : this.#text
  }

  #readNow(): string | typeof UNREADABLE {
    try {
      return this.#read(this.#path)
    } catch (error) {
      // There is no table of IPv6 where IPv6 is switched off. Anything else (EMFILE, …) says nothing about a socket.
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : UNREADABLE
    }
  }
}

/** From the local address on: local, remote, state, send:receive, timer:when, retransmits, uid, timeout, inode. */
function parseRow(row: string): SocketView {
  const [, , state = '', queues = '', , , , , inode = ''] = row.split(/ +/)
  const [send = '', receive = ''] = queues.split(':')
  return {
    state: tcpState(Number.parseInt(state, 16)),
    receiveQueue: Number.parseInt(receive, 16),
    sendQueue: Number.parseInt(send, 16),
    inode: Number(inode),
  }
}
