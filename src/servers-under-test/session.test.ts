import { expect, test } from 'vitest'
import { loadService } from './load-service.ts'
import { frameService } from './protocols/frame.ts'
import { HIGH_WATER, LINGER_MS } from './session.ts'
import { badChecksum, message, readAnswers, stop } from './testing/frames.ts'
import { MemoryTransport } from './testing/memory-transport.ts'

const frameConnection = (room?: number) => new MemoryTransport(frameService, { idleMs: 500 }, room)

test('a silent client gets error 5 when the idle time is over, then FIN, and is closed one second later', () => {
  const connection = frameConnection()
  connection.passes(499)
  expect(connection.ending).toBe('open')
  connection.passes(1)
  expect(readAnswers(connection.received)).toEqual(['error 5'])
  expect(connection.ending).toBe('fin')
  connection.passes(LINGER_MS - 1)
  expect(connection.ending).toBe('fin')
  connection.passes(1)
  expect(connection.ending).toBe('closed')
})

test('the idle time begins anew with every byte, also inside a frame', () => {
  const connection = frameConnection()
  for (const byte of message('abc')) {
    connection.passes(499)
    connection.handler.received(Uint8Array.of(byte))
  }
  expect(readAnswers(connection.received)).toEqual(['message "abc"'])
  connection.passes(500)
  expect(readAnswers(connection.received)).toEqual(['message "abc"', 'error 5'])
})

test('the idle time waits while answers are held, and begins anew when they have drained', () => {
  const connection = frameConnection(3)
  connection.handler.received(message('held'))
  connection.passes(60_000)
  expect(connection.ending).toBe('open')
  connection.takes(1000)
  connection.passes(499)
  expect(connection.ending).toBe('open')
  connection.passes(1)
  expect(readAnswers(connection.received)).toEqual(['message "held"', 'error 5'])
})

test.each(['echo', 'lines', 'upper'] as const)('%s ends an idle connection without a word', async (name) => {
  const connection = new MemoryTransport(await loadService(name), { idleMs: 500 })
  connection.passes(500)
  expect([connection.ending, connection.received.length]).toEqual(['fin', 0])
})

test('all answers of one read leave in one write', () => {
  const connection = frameConnection()
  connection.handler.received(Buffer.concat(Array.from({ length: 5000 }, () => message('x'))))
  expect(connection.writes).toBe(1)
  expect(connection.received.length).toBe(5000 * message('x').length)
})

test('a client that does not read is not read from, and gets everything when it reads again', () => {
  const connection = frameConnection(0)
  const sent: Uint8Array[] = []
  while (connection.reading && sent.length < 1000) {
    const bytes = message(Buffer.alloc(1000, sent.length))
    sent.push(bytes)
    connection.handler.received(bytes)
  }
  expect(connection.reading).toBe(false)
  expect(connection.buffered).toBeLessThan(HIGH_WATER + 1010)
  connection.takes(Number.POSITIVE_INFINITY)
  expect(connection.reading).toBe(true)
  expect(Buffer.compare(connection.received, Buffer.concat(sent))).toBe(0)
})

test('after an error the connection is read again and what comes is thrown away', () => {
  const connection = frameConnection(0)
  connection.handler.received(message(Buffer.alloc(100_000)))
  expect(connection.reading).toBe(false)
  connection.handler.received(badChecksum('x'))
  expect([connection.reading, connection.ending]).toEqual([true, 'fin'])
  connection.handler.received(message('late'))
  connection.handler.receivedEnd()
  connection.takes(Number.POSITIVE_INFINITY)
  expect(readAnswers(connection.received)).toEqual(['message "100000 bytes"', 'error 1'])
})

test('after an error a client is given another second as long as it goes on reading', () => {
  const connection = frameConnection(0)
  connection.handler.received(Buffer.concat([message(Buffer.alloc(3000)), badChecksum('x')]))
  for (let round = 0; round < 3; round++) {
    connection.takes(1000)
    connection.passes(LINGER_MS)
    expect(connection.ending).toBe('fin')
  }
  connection.passes(LINGER_MS)
  expect(connection.ending).toBe('closed')
})

test('a client that goes on after stop is closed after the idle time', () => {
  const connection = frameConnection()
  connection.handler.received(stop())
  connection.passes(499)
  connection.handler.received(message('on and on'))
  expect(connection.ending).toBe('fin')
  connection.passes(1)
  expect(connection.ending).toBe('closed')
  expect(readAnswers(connection.received)).toEqual(['stop ""'])
})

test('answers that are held when the client ends have no deadline', () => {
  const connection = frameConnection(0)
  connection.handler.received(message('held'))
  connection.handler.receivedEnd()
  connection.passes(3_600_000)
  expect(connection.ending).toBe('fin')
  connection.takes(1000)
  expect(readAnswers(connection.received)).toEqual(['message "held"'])
})

test.each([
  ['while it talks', () => {}],
  ['after stop', (connection: MemoryTransport) => connection.handler.received(stop())],
  ['inside a frame', (connection: MemoryTransport) => connection.handler.received(message('x').subarray(0, 3))],
])('a connection that is lost %s leaves no timer behind', (_when, prepare) => {
  const connection = frameConnection()
  prepare(connection)
  expect(connection.timers).toBe(1)
  connection.handler.lost(new Error('ECONNRESET'))
  expect(connection.timers).toBe(0)
})

test('the limit counts data bytes and may be set', () => {
  const connection = new MemoryTransport(frameService, { limit: 3 })
  connection.handler.received(message('abc'))
  connection.handler.received(message('abcd').subarray(0, 4))
  expect(readAnswers(connection.received)).toEqual(['message "abc"', 'error 2'])
})

test('a server that stops ends a connection after the answers that are held', () => {
  const connection = frameConnection(0)
  connection.handler.received(message('held'))
  connection.handler.shutdown()
  connection.takes(1000)
  expect([connection.ending, ...readAnswers(connection.received)]).toEqual(['fin', 'message "held"'])
})
