import { describe, expect, test } from 'vitest'
import {
  type ByteConversation,
  ECHO_CONVERSATIONS,
  FRAME_CONVERSATIONS,
  LINES_CONVERSATIONS,
  UPPER_CONVERSATIONS,
} from '../testing/conversations.ts'
import { readAnswers } from '../testing/frames.ts'
import { MemoryTransport } from '../testing/memory-transport.ts'
import type { Service } from '../transport.ts'
import { echoService } from './echo.ts'
import { frameService } from './frame.ts'
import { linesService } from './lines.ts'
import { upperService } from './upper.ts'

/** Everything that a client gets that says these pieces and ends its side. */
function answersTo(service: Service, ...pieces: readonly Uint8Array[]): Buffer {
  const transport = new MemoryTransport(service)
  for (const piece of pieces) if (piece.length > 0) transport.handler.received(Buffer.from(piece))
  transport.handler.receivedEnd()
  expect(transport.ending).toBe('fin')
  return transport.received
}

/** Every split in two and, of what is short, byte by byte; of what is long, a split in each of the places that matter. */
function* splitsOf(bytes: Uint8Array): Generator<readonly Uint8Array[]> {
  yield [bytes]
  const isShort = bytes.length <= 200
  const places = isShort ? [...bytes.keys()] : [...[...bytes.keys()].slice(0, 12), ...[...bytes.keys()].slice(-30)]
  for (const at of places) yield [bytes.subarray(0, at), bytes.subarray(at)]
  if (isShort) yield [...bytes].map((byte) => Uint8Array.of(byte))
}

describe('frame', () => {
  test.each(FRAME_CONVERSATIONS)('$title, however it is torn', ({ says, gets }) => {
    for (const pieces of splitsOf(says)) expect(readAnswers(answersTo(frameService, ...pieces))).toEqual(gets)
  })
})

const BYTE_PROTOCOLS: [string, Service, readonly ByteConversation[]][] = [
  ['echo', echoService, ECHO_CONVERSATIONS],
  ['lines', linesService, LINES_CONVERSATIONS],
  ['upper', upperService, UPPER_CONVERSATIONS],
]

describe.each(BYTE_PROTOCOLS)('%s', (_, service, conversations) => {
  test.each(conversations)('$title, however it is torn', ({ says, gets }) => {
    for (const pieces of splitsOf(says)) {
      const got = answersTo(service, ...pieces)
      expect(Buffer.compare(got, gets), `${pieces.length} pieces: got ${got.subarray(0, 80)}`).toBe(0)
    }
  })
})
