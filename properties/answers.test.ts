import { describe, expect, it } from 'vitest'
import type { Case } from '../src/harness/case.ts'
import type { Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { alone, awaitAll, end, send } from '../src/harness/testing/steps.ts'
import type { Account, Event } from '../src/harness/transcript.ts'
import { answers } from './answers.ts'
import { echo } from './protocols/echo.ts'

const one = alone([send('ab'), awaitAll, end])
const two: Case = { connections: [...one.connections, ...one.connections], turns: [] }
const received = Buffer.from('ab')
const GOOD: Account = { sent: 2, ended: true, received, ending: 'fin', cuts: { requested: 0, proven: 0 } }

/** What is thought of clients that got all of their answers, where a wait of the first one ended so. */
function judged(what: string, why: string, subject: Case = one, account: Account = GOOD): Verdict {
  const event: Event = { at: 1_000, on: 0, did: 'waited', for: what, ms: 1_000, why }
  const connections = subject.connections.map(() => account)
  return answers.check([subject], [{ connections, events: [event] }], echo as Protocol)
}

describe('an answer that came', () => {
  it.each(['deadline', 'quiet', 'stuck'])('after it was waited for in vain (%s) is none', (why) => {
    expect(judged('answers', why)).toMatchObject({ is: 'fail', rule: 'answers' })
  })
  it.each([
    ['the end was waited for', 'the end', 'deadline'],
    ['the connection was over before that', 'answers', 'over'],
    ['the connection came about late', 'the connection', 'deadline'],
  ])('is one although %s', (_, what, why) => {
    expect(judged(what, why)).toEqual({ is: 'pass' })
  })
  it('is one where another client may have been served before', () => {
    expect(judged('answers', 'deadline', two)).toEqual({ is: 'pass' })
  })
  it('is not judged where we gave up', () => {
    const account: Account = { ...GOOD, ending: 'gave-up', gaveUp: 'interrupted' }
    expect(judged('answers', 'deadline', one, account)).toMatchObject({ is: 'inconclusive' })
  })
})
