import { expect, test } from 'vitest'
import { AF_INET, decodeDump, decodeReply, encodeDump, encodeRequest, setSequence } from './inet-diag.ts'

const side = { localAddress: '127.0.0.1', localPort: 0x1f90, remoteAddress: '::ffff:127.0.0.2', remotePort: 0xc350 }

/** A reply as the kernel wrote it (Linux 6.18), cut after the byte counts of its tcp_info. */
function socketReply(): Buffer {
  const reply = Buffer.alloc(88 + 4 + 136)
  reply.writeUInt32LE(reply.length, 0)
  reply.writeUInt16LE(20, 4)
  reply.writeUInt32LE(7, 8)
  reply[17] = 8
  reply.writeUInt32LE(3, 72)
  reply.writeUInt32LE(5, 76)
  reply.writeUInt32LE(4711, 84)
  reply.writeUInt16LE(140, 88)
  reply.writeUInt16LE(2, 90)
  reply.writeBigUInt64LE(9n, 92 + 120)
  reply.writeBigUInt64LE(2n ** 40n + 6n, 92 + 128)
  return reply
}

function errorReply(errno: number): Buffer {
  const reply = Buffer.alloc(36)
  reply.writeUInt32LE(reply.length, 0)
  reply.writeUInt16LE(2, 4)
  reply.writeUInt32LE(7, 8)
  reply.writeInt32LE(-errno, 16)
  return reply
}

test('a request asks for one TCP socket with its tcp_info, and a mapped address is asked for as IPv4', () => {
  const request = encodeRequest(side)
  setSequence(request, 7)
  expect(request.toString('hex')).toBe(
    '48000000140001000700000000000000' + // nlmsghdr: 72 bytes, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST, number 7
      '02060200ffffffff' + // AF_INET, TCP, INET_DIAG_INFO, all states
      '1f90c3507f000001000000000000000000000000' + // ports, local address
      '7f000002000000000000000000000000' + // remote address
      '00000000ffffffffffffffff', // any interface, no cookie
  )
})

test('an IPv6 address is asked for as IPv6', () => {
  expect(encodeRequest({ ...side, localAddress: '::1', remoteAddress: '::1' })[16]).toBe(10)
})

test('a reply is read to its byte counts, also above 4 GiB', () => {
  const socket = {
    state: 'CLOSE_WAIT',
    receiveQueue: 3,
    sendQueue: 5,
    inode: 4711,
    bytesReceived: 2 ** 40 + 6,
    bytesAcked: 9,
  }
  expect(decodeReply(socketReply(), socketReply().length, 7)).toEqual({ is: 'socket', socket })
})

test('a reply without tcp_info, as of a socket in TIME_WAIT, has no byte counts', () => {
  const reply = socketReply()
  reply.writeUInt32LE(88, 0)
  const decoded = decodeReply(reply, 88, 7)
  expect(decoded).toEqual({ is: 'socket', socket: { state: 'CLOSE_WAIT', receiveQueue: 3, sendQueue: 5, inode: 4711 } })
})

test('the answer to an earlier request is late', () => {
  expect(decodeReply(socketReply(), socketReply().length, 8)).toEqual({ is: 'late' })
})

test('a reply cut anywhere before its end is truncated', () => {
  for (let length = 0; length < socketReply().length; length++) {
    expect(decodeReply(socketReply(), length, 7).is).toBe('truncated')
  }
})

test('ENOENT means that there is no such socket, and any other error is told', () => {
  expect(decodeReply(errorReply(2), 36, 7)).toEqual({ is: 'none' })
  expect(decodeReply(errorReply(1), 36, 7)).toEqual({ is: 'error', errno: 1 })
})

test('a dump asks for all sockets of a port, in one state or in any', () => {
  const dump = encodeDump(AF_INET, 0x1f90, 8)
  setSequence(dump, 7)
  expect(dump.toString('hex')).toBe(
    '48000000140001030700000000000000' + // nlmsghdr: 72 bytes, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST and NLM_F_DUMP, number 7
      '0206000000010000' + // AF_INET, TCP, no attributes, CLOSE_WAIT
      `1f90${'0'.repeat(92)}`, // our port, and whatever else
  )
  expect(encodeDump(AF_INET, 1).readUInt32LE(20)).toBe(0x1ffe)
})

/** A message of a dump, of this type (16 bytes of header, and what the type takes). */
function part(type: number, length: number, fill: number, sequence = 7): Buffer {
  const message = Buffer.alloc(length, fill)
  message.writeUInt32LE(length, 0)
  message.writeUInt16LE(type, 4)
  message.writeUInt32LE(sequence, 8)
  return message
}
const [SOCKET, ERROR, DONE] = [20, 2, 3]

test('a dump is read to its end, in as many parts as it comes, and who is shown twice is one', () => {
  const sockets = new Set<string>()
  const first = Buffer.concat([part(SOCKET, 88, 1), part(SOCKET, 88, 9, 6), part(SOCKET, 90, 2), Buffer.alloc(2)])
  expect(decodeDump(first, first.length, 7, sockets)).toBe('more')
  const second = Buffer.concat([part(SOCKET, 88, 1), part(DONE, 20, 0)])
  expect(decodeDump(second, second.length, 7, sockets)).toBe('done')
  expect(sockets.size).toBe(2)
})

test('a part of a dump that is cut, or an error, is no answer', () => {
  const cut = part(SOCKET, 88, 1)
  for (let length = 1; length < cut.length; length++) expect(decodeDump(cut, length, 7, new Set())).toBe('error')
  expect(decodeDump(part(ERROR, 36, 0xff), 36, 7, new Set())).toBe('error')
  expect(decodeDump(part(DONE, 20, 0xff), 20, 7, new Set())).toBe('error')
})
