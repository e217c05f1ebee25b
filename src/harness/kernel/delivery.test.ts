import { expect, test } from 'vitest'
import { hasArrived, reading, unreadBytes } from './delivery.ts'
import type { SocketView, TcpState } from './kernel-sockets.ts'

function socket(state: TcpState, receiveQueue: number, inode: number): SocketView {
  return { state, receiveQueue, sendQueue: 0, inode }
}

test.each<[TcpState, number, number, string]>([
  ['ESTABLISHED', 0, 7, 'read'],
  ['ESTABLISHED', 1, 7, 'waiting'],
  ['ESTABLISHED', 0, 0, 'waiting'],
  ['SYN_RECV', 0, 0, 'waiting'],
  ['CLOSE_WAIT', 2, 7, 'waiting'],
  ['CLOSE_WAIT', 1, 7, 'read'],
  ['CLOSE_WAIT', 0, 7, 'read'],
  ['CLOSE_WAIT', 1, 0, 'waiting'],
  ['FIN_WAIT1', 0, 7, 'read'],
  ['FIN_WAIT2', 1, 7, 'waiting'],
  ['FIN_WAIT2', 0, 0, 'closed'],
  ['LAST_ACK', 1, 7, 'read'],
  ['LAST_ACK', 0, 0, 'closed'],
  ['CLOSING', 2, 7, 'waiting'],
  ['TIME_WAIT', 0, 0, 'closed'],
  ['CLOSE', 0, 7, 'closed'],
])('%s with %i in the queue and inode %i is %s', (state, queue, inode, expected) => {
  expect(reading(socket(state, queue, inode))).toBe(expected)
})

test('the FIN is not taken for a byte of data', () => {
  expect(unreadBytes(socket('CLOSE_WAIT', 4, 7))).toBe(3)
  expect(unreadBytes(socket('FIN_WAIT2', 4, 7))).toBe(4)
})

test('arrival is known only where bytes are counted', () => {
  const counted = { ...socket('ESTABLISHED', 0, 7), bytesReceived: 5 }
  expect([hasArrived(counted, 5), hasArrived(counted, 6)]).toEqual([true, false])
  expect(hasArrived(socket('ESTABLISHED', 0, 7), 5)).toBeUndefined()
})
