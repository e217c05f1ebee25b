import { constants, endianness } from 'node:os'
import { getSystemErrorName } from 'node:util'
import { AF_INET, AF_INET6, decodeDump, decodeReply, encodeDump, encodeRequest, setSequence } from './inet-diag.ts'
import {
  type FourTuple,
  type KernelSockets,
  type KnownState,
  type Listener,
  type Look,
  type Opened,
  type SocketView,
  tcpStateNumber,
} from './kernel-sockets.ts'
import { type Libc, type LoadKoffi, loadLibc } from './libc.ts'

/**
 * Asks the kernel over netlink (sock_diag(7)); no root is needed. A look is one exact request and its answer, two system
 * calls. That it works here is not proven yet: see `selfCheck`.
 */
export async function openSockDiag(load?: LoadKoffi): Promise<Opened> {
  if (process.platform !== 'linux') return { why: `sock_diag is Linux's, and this is ${process.platform}` }
  if (endianness() !== 'LE') return { why: 'sock_diag is spoken here on little-endian machines only' }
  const libc = await loadLibc(load)
  if ('why' in libc) return libc
  const fd = libc.socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)
  if (fd < 0) return { why: `a sock_diag socket cannot be opened: ${getSystemErrorName(-libc.errno())}` }
  return { sockets: new SockDiag(libc, fd) }
}

const AF_NETLINK = 16
const SOCK_DGRAM = 2
const SOCK_CLOEXEC = 0o2000000
const NETLINK_SOCK_DIAG = 4
const MSG_DONTWAIT = 0x40
/** Far more than an answer (about 350 bytes) takes. A part of a dump is as long at the most: NLMSG_GOODSIZE, or the last buffer. */
const REPLY_LENGTH = 8192

type Answer = SocketView | 'no-socket' | 'unreadable'

class SockDiag implements KernelSockets {
  readonly kind = 'sock_diag'
  readonly #libc: Libc
  readonly #reply = Buffer.alloc(REPLY_LENGTH)
  #fd: number
  #sequence = 0

  constructor(libc: Libc, fd: number) {
    this.#libc = libc
    this.#fd = fd
  }

  refresh(): void {}

  connection(side: FourTuple): () => Look {
    const request = encodeRequest(side)
    return () => {
      const answer = this.#ask(request)
      // Where no connection has this four-tuple, the kernel answers with the socket that would accept it.
      return typeof answer !== 'string' && answer.state === 'LISTEN' ? 'only-listener' : answer
    }
  }

  listener(at: { readonly address: string; readonly port: number }): Listener | undefined {
    const anyone = at.address.includes(':') ? '::' : '0.0.0.0'
    const side = { localAddress: at.address, localPort: at.port, remoteAddress: anyone, remotePort: 0 }
    const answer = this.#ask(encodeRequest(side))
    if (typeof answer === 'string' || answer.state !== 'LISTEN') return undefined
    return { acceptBacklog: answer.receiveQueue, inode: answer.inode }
  }

  countAt(port: number, state?: KnownState): number | undefined {
    const number = state && tcpStateNumber(state)
    // One that changes its place in the kernel's table meanwhile is shown twice.
    const sockets = new Set<string>()
    const isWhole = ([AF_INET, AF_INET6] as const).every((family) =>
      this.#dump(encodeDump(family, port, number), sockets),
    )
    return isWhole ? sockets.size : undefined
  }

  close(): void {
    if (this.#fd >= 0) this.#libc.close(this.#fd)
    this.#fd = -1
  }

  #ask(request: Buffer): Answer {
    return this.#send(request) ? this.#receive() : 'unreadable'
  }

  /** Adds the sockets that are asked for; false where not all could be told. */
  #dump(request: Buffer, sockets: Set<string>): boolean {
    if (!this.#send(request)) return false
    for (;;) {
      const length = this.#receivePart()
      if (length < 0) return false
      const then = decodeDump(this.#reply, length, this.#sequence, sockets)
      if (then !== 'more') return then === 'done'
    }
  }

  #send(request: Buffer): boolean {
    this.#sequence = (this.#sequence + 1) >>> 0
    setSequence(request, this.#sequence)
    for (;;) {
      if (this.#libc.send(this.#fd, request, request.length, 0) === request.length) return true
      if (this.#libc.errno() !== constants.errno.EINTR) return false
    }
  }

  /** The answer to the last request; late ones are passed over. */
  #receive(): Answer {
    for (;;) {
      const length = this.#receivePart()
      if (length < 0) return 'unreadable'
      const reply = decodeReply(this.#reply, length, this.#sequence)
      if (reply.is === 'late') continue
      if (reply.is === 'socket') return reply.socket
      return reply.is === 'none' ? 'no-socket' : 'unreadable'
    }
  }

  /** Its length, or -1. The kernel answers before `send` returns, and goes on with a dump in `recv`: there is nothing to wait for. */
  #receivePart(): number {
    for (;;) {
      const length = this.#libc.recv(this.#fd, this.#reply, REPLY_LENGTH, MSG_DONTWAIT)
      if (length >= 0 || this.#libc.errno() !== constants.errno.EINTR) return length
    }
  }
}
