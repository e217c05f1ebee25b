import { describe, expect, it } from 'vitest'
import { alone, awaitAll, send, stopReading } from '../src/harness/testing/steps.ts'
import type { Event, Transcript } from '../src/harness/transcript.ts'
import { hoarding } from './hoarding.ts'
import { echo } from './protocols/echo.ts'

const MIB = 1_048_576
const said = new Uint8Array(8 * MIB)
const subject = alone([stopReading, send(said), awaitAll])

function seen(
  piled: Pick<Extract<Event, { did: 'piled-up' }>, 'read' | 'written' | 'grown'>,
  received = said,
): Transcript {
  const account = { sent: said.length, ended: false, received, cuts: { requested: 0, proven: 0 } }
  return {
    connections: [{ ...account, ending: received.length < said.length ? 'timeout' : 'open' }],
    events: [{ at: 1, on: 0, did: 'piled-up', ...piled }],
  }
}

const judged = (...given: Parameters<typeof seen>) => hoarding.check([subject], [seen(...given)], echo as never)

describe('answers that nobody read', () => {
  it('may be held, up to 2 MiB', () => {
    expect(judged({ read: 3 * MIB, written: MIB, grown: 40 * MIB })).toEqual({ is: 'pass' })
  })
  it('are hoarded where more was read than was written and the memory grew with it', () => {
    expect(judged({ read: 8 * MIB, written: MIB, grown: 5 * MIB })).toEqual({
      is: 'fail',
      rule: 'hoards',
      expected: 'at most 2097152 bytes of answers are held for a client that does not read',
      actual: `${7 * MIB} bytes, and the server's memory has grown by ${5 * MIB}`,
    })
  })
  it('are somewhere else, a disk perhaps, where the memory did not grow', () => {
    expect(judged({ read: 8 * MIB, written: MIB, grown: MIB })).toEqual({ is: 'pass' })
  })
  it('are where they are where the memory cannot be seen', () => {
    expect(judged({ read: 8 * MIB, written: MIB })).toEqual({ is: 'pass' })
  })
  it('are lost, which is another claim to break, where they do not come at last', () => {
    const lost = said.subarray(0, 3 * MIB)
    expect(judged({ read: 8 * MIB, written: MIB, grown: 5 * MIB }, lost)).toEqual({ is: 'pass' })
  })
})
