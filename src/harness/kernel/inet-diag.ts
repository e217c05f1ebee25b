// The messages of NETLINK_SOCK_DIAG, as bytes: linux/netlink.h, linux/sock_diag.h, linux/inet_diag.h, and struct
// tcp_info of linux/tcp.h. Netlink speaks the byte order of the machine (only little-endian is done here); addresses
// and ports inside are in network order.

import { constants } from 'node:os'
import { addressBytes } from './address.ts'
import { type FourTuple, type SocketView, tcpState } from './kernel-sockets.ts'

/** Address families (address_families(7)). */
export const AF_INET = 2
export const AF_INET6 = 10

/** Length of a request in bytes. */
export const REQUEST_LENGTH = 72

/** What a message that came back says. `late`: it answers another request. `truncated`: it ends too early. */
export type Reply =
  | { readonly is: 'socket'; readonly socket: SocketView }
  | { readonly is: 'none' }
  | { readonly is: 'late' }
  | { readonly is: 'truncated' }
  | { readonly is: 'error'; readonly errno: number }

/** A request for exactly one socket, with its tcp_info. `sequence` is still to be set, with `setSequence`. */
export function encodeRequest(side: FourTuple): Buffer {
  const local = addressBytes(side.localAddress)
  const remote = addressBytes(side.remoteAddress)
  const request = blankRequest(local.length === 4 && remote.length === 4 ? AF_INET : AF_INET6, NLM_F_REQUEST)
  request[18] = 1 << (INET_DIAG_INFO - 1)
  request.writeUInt16BE(side.localPort, 24)
  request.writeUInt16BE(side.remotePort, 26)
  request.set(local, 28)
  request.set(remote, 44)
  request.fill(0xff, 64, 72) // INET_DIAG_NOCOOKIE, twice
  return request
}

/**
 * A request for all sockets of this family with this port as their own, in this state (of tcp_states.h), or in any that is known
 * here: for those that are only bound (TCP_BOUND_INACTIVE, 13, since Linux 6.8) the kernel does not look at the port.
 */
export function encodeDump(family: typeof AF_INET | typeof AF_INET6, port: number, state?: number): Buffer {
  const request = blankRequest(family, NLM_F_REQUEST | NLM_F_DUMP)
  request.writeUInt32LE(state === undefined ? KNOWN_STATES : 1 << state, 20)
  request.writeUInt16BE(port, 24)
  return request
}

function blankRequest(family: number, flags: number): Buffer {
  const request = Buffer.alloc(REQUEST_LENGTH)
  request.writeUInt32LE(REQUEST_LENGTH, 0)
  request.writeUInt16LE(SOCK_DIAG_BY_FAMILY, 4)
  request.writeUInt16LE(flags, 6)
  request[16] = family
  request[17] = IPPROTO_TCP
  request.writeUInt32LE(ALL_STATES, 20)
  return request
}

/** Numbers a request, so that its answer can be told from a late one. */
export function setSequence(request: Buffer, sequence: number): void {
  request.writeUInt32LE(sequence, 8)
}

/** Reads the first `length` bytes of `buffer` as the answer to the request with this number. */
export function decodeReply(buffer: Buffer, length: number, sequence: number): Reply {
  if (length < NLMSG_HEADER) return { is: 'truncated' }
  if (buffer.readUInt32LE(8) !== sequence) return { is: 'late' }
  const end = buffer.readUInt32LE(0)
  if (end > length) return { is: 'truncated' }
  if (buffer.readUInt16LE(4) === NLMSG_ERROR) return decodeError(buffer, end)
  if (end < ATTRIBUTES) return { is: 'truncated' }
  return { is: 'socket', socket: decodeSocket(buffer, end) }
}

const IPPROTO_TCP = 6
const SOCK_DIAG_BY_FAMILY = 20
const NLM_F_REQUEST = 1
const NLM_F_DUMP = 0x300
const NLMSG_ERROR = 2
const NLMSG_DONE = 3
const NLMSG_HEADER = 16
const INET_DIAG_INFO = 2
const ALL_STATES = 0xffffffff
/** 1 to 12. */
const KNOWN_STATES = 0x1ffe
/** The header and struct inet_diag_msg. */
const ATTRIBUTES = NLMSG_HEADER + 72
/** Where struct inet_diag_sockid begins and ends: ports, addresses, interface, cookie. */
const SOCKID = 20
const SOCKID_END = 68
const BYTES_ACKED = 120
const BYTES_RECEIVED = 128

/**
 * Goes through the first `length` bytes of `buffer`, a part of the answer to the dump with this number: adds to `sockets` what
 * tells each of its sockets from all others (struct inet_diag_sockid), and says whether more parts are to come. The last part
 * says how the dump ended.
 */
export function decodeDump(
  buffer: Buffer,
  length: number,
  sequence: number,
  sockets: Set<string>,
): 'more' | 'done' | 'error' {
  for (let at = 0; at < length; ) {
    if (at + NLMSG_HEADER > length) return 'error'
    const [end, type] = [at + buffer.readUInt32LE(at), buffer.readUInt16LE(at + 4)]
    if (end < at + NLMSG_HEADER || end > length) return 'error'
    if (buffer.readUInt32LE(at + 8) === sequence) {
      if (type === NLMSG_DONE)
        return end < at + NLMSG_HEADER + 4 || buffer.readInt32LE(at + NLMSG_HEADER) < 0 ? 'error' : 'done'
      if (type === NLMSG_ERROR || end < at + ATTRIBUTES) return 'error'
      sockets.add(buffer.toString('latin1', at + SOCKID, at + SOCKID_END))
    }
    at += (end - at + 3) & ~3
  }
  return 'more'
}

function decodeError(buffer: Buffer, end: number): Reply {
  if (end < NLMSG_HEADER + 4) return { is: 'truncated' }
  const errno = -buffer.readInt32LE(NLMSG_HEADER)
  return errno === constants.errno.ENOENT ? { is: 'none' } : { is: 'error', errno }
}

function decodeSocket(buffer: Buffer, end: number): SocketView {
  const socket = {
    state: tcpState(buffer[17]!),
    receiveQueue: buffer.readUInt32LE(72),
    sendQueue: buffer.readUInt32LE(76),
    inode: buffer.readUInt32LE(84),
  }
  const info = findInfo(buffer, end)
  if (info === undefined) return socket
  const bytesReceived = readCount(buffer, info + BYTES_RECEIVED)
  return { ...socket, bytesReceived, bytesAcked: readCount(buffer, info + BYTES_ACKED) }
}

/** Where struct tcp_info begins, if it is there and holds the byte counts (since Linux 4.1). */
function findInfo(buffer: Buffer, end: number): number | undefined {
  for (let at = ATTRIBUTES; at + 4 <= end; ) {
    const length = buffer.readUInt16LE(at)
    if (length < 4 || at + length > end) return undefined
    if (buffer.readUInt16LE(at + 2) === INET_DIAG_INFO) return length >= 4 + BYTES_RECEIVED + 8 ? at + 4 : undefined
    at += (length + 3) & ~3
  }
  return undefined
}

function readCount(buffer: Buffer, at: number): number {
  return buffer.readUInt32LE(at) + buffer.readUInt32LE(at + 4) * 2 ** 32
}
