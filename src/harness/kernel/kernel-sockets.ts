// What a kernel can tell about the TCP sockets of this machine (of this network namespace), whoever owns them. Two
// sources answer the same questions: sock_diag (exact, microseconds) and /proc/net/tcp (no byte counts, milliseconds).

/** Answers questions about sockets by their addresses. Never throws for what the kernel says; close it when done. */
export interface KernelSockets {
  readonly kind: 'sock_diag' | 'proc'
  /** Takes a new picture, where looks are answered from one. Call it once before a round of looks. */
  refresh(): void
  /** Prepares looks at one side of a connection: `local` is the side that is asked about. Throws on a bad address. */
  connection(side: FourTuple): () => Look
  /** The socket that would accept a connection to this address, also one bound to 0.0.0.0 or `::`. A new picture. */
  listener(at: Endpoint): Listener | undefined
  /**
   * How many sockets have this as their own port and are in this state, or in any; `undefined` where the kernel could not be
   * asked. Listeners that share an address may be counted as one. A new picture.
   */
  countAt(port: number, state?: KnownState): number | undefined
  close(): void
}

/** A source that was opened, or why it cannot be used, in words. */
export type Opened = { readonly sockets: KernelSockets } | { readonly why: string }

export interface Endpoint {
  readonly address: string
  readonly port: number
}

/** Both ends of a connection, under the names of `net.Socket`. */
export interface FourTuple {
  readonly localAddress: string
  readonly localPort: number
  readonly remoteAddress: string
  readonly remotePort: number
}

/**
 * One look: the socket; or there is none with this four-tuple, with or without a listener on its port; or the kernel
 * could not be asked just now.
 */
export type Look = SocketView | 'only-listener' | 'no-socket' | 'unreadable'

/** One side of a connection as its kernel holds it. */
export interface SocketView {
  readonly state: TcpState
  /** Bytes that arrived and were not read. A FIN that arrived counts one until it is read as end of stream. */
  readonly receiveQueue: number
  /** Bytes written and not yet acknowledged by the other side. */
  readonly sendQueue: number
  /** Leads to its process; 0 while no process holds it: still in the accept queue, or closed. */
  readonly inode: number
  /** Bytes that arrived in order since the connection was made, plus one for a FIN. sock_diag of a full socket only. */
  readonly bytesReceived?: number
  /** Bytes that the other side acknowledged, plus one for our FIN, and one for our SYN where we connected. As above. */
  readonly bytesAcked?: number
}

/** A listening socket. */
export interface Listener {
  /** Connections that stand and were not accepted yet. */
  readonly acceptBacklog: number
  readonly inode: number
}

/** The names of the kernel's include/net/tcp_states.h. NEW_SYN_RECV is shown as SYN_RECV, as the kernel itself does. */
export type TcpState = KnownState | 'UNKNOWN'
export type KnownState = (typeof STATES)[number]

/** The state with this number. */
export function tcpState(number: number): TcpState {
  return STATES[number - 1] ?? 'UNKNOWN'
}

/** The number of a state. */
export function tcpStateNumber(state: KnownState): number {
  return STATES.indexOf(state) + 1
}

/** The same connection seen from its other end. */
export function otherSide(side: FourTuple): FourTuple {
  return {
    localAddress: side.remoteAddress,
    localPort: side.remotePort,
    remoteAddress: side.localAddress,
    remotePort: side.localPort,
  }
}

const STATES = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'SYN_RECV',
] as const
