// The two messages of NETLINK_SOCK_DIAG, as bytes: linux/netlink.h, linux/sock_diag.h, linux/inet_diag.h, and struct
// tcp_info of linux/tcp.h. Netlink speaks the byte order of the machine (only little-endian is done here); addresses
// and ports inside are in network order.

import { constants } from 'node:os'
import { addressBytes } from './address.ts'
import { type FourTuple, type SocketView, tcpState } from './kernel-sockets.ts'

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
  const request = Buffer.alloc(REQUEST_LENGTH)
  request.writeUInt32LE(REQUEST_LENGTH, 0)
  request.writeUInt16LE(SOCK_DIAG_BY_FAMILY, 4)
  request.writeUInt16LE(NLM_F_REQUEST, 6)
  request[16] = local.length === 4 && remote.length === 4 ? AF_INET : AF_INET6
  request[17] = IPPROTO_TCP
  request[18] = 1 << (INET_DIAG_INFO - 1)
  request.writeUInt32LE(ALL_STATES, 20)
  request.writeUInt16BE(side.localPort, 24)
  request.writeUInt16BE(side.remotePort, 26)
  request.set(local, 28)
  request.set(remote, 44)
  request.fill(0xff, 64, 72) // INET_DIAG_NOCOOKIE, twice
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

const AF_INET = 2
const AF_INET6 = 10
const IPPROTO_TCP = 6
const SOCK_DIAG_BY_FAMILY = 20
const NLM_F_REQUEST = 1
const NLMSG_ERROR = 2
const NLMSG_HEADER = 16
const INET_DIAG_INFO = 2
const ALL_STATES = 0xffffffff
/** The header and struct inet_diag_msg. */
const ATTRIBUTES = NLMSG_HEADER + 72
const BYTES_ACKED = 120
const BYTES_RECEIVED = 128

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
