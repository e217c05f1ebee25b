import { expect, it } from 'vitest'
import type { Script } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import { alone, awaitAll, pause, send } from '../src/harness/testing/steps.ts'
import type { Account, Event } from '../src/harness/transcript.ts'
import { endedMeanwhile, pauses } from './pauses.ts'
import { frame } from './protocols/frame.ts'
import { session } from './session.ts'
import { protocolNamed } from './testing/hold.ts'

const cases = Array.from({ length: 200 }, (_, index) =>
  pauses.cases(frame as never).generate(chanceFor(1, pauses.id, index), undefined),
)
const scripts = cases.map(({ value }) => value.connections[0] as Script)

it('come once or, from a slow writer, up to seven times in a message', () => {
  const counts = new Set(scripts.map(({ steps }) => steps.filter((step) => step.do === 'pause').length))
  expect([...counts].sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
})

it('come when the server has read what is before them, or follow the bytes at once', () => {
  const cutsAtPauses = scripts.map(({ steps, cuts }) => {
    let offset = 0
    const at = steps.flatMap((step) => {
      offset += step.do === 'send' ? step.bytes.length : 0
      return step.do === 'pause' ? [offset] : []
    })
    if (cuts.length > 0) expect(cuts).toEqual(at)
    return cuts.length > 0
  })
  expect(new Set(cutsAtPauses)).toEqual(new Set([true, false]))
})

const on = { at: 0, on: 0 }
const EVENTS: Readonly<Record<string, Event>> = {
  sent: { ...on, did: 'sent', from: 0, to: 1 },
  paused: { ...on, did: 'paused', ms: 9 },
  fin: { ...on, did: 'got-fin' },
  rst: { ...on, did: 'got-rst', code: 'ECONNRESET' },
}

it.each([
  ['sent fin paused sent', true],
  ['sent rst paused', true],
  ['sent paused fin sent', true],
  ['sent fin sent', false],
  ['sent paused sent fin', false],
  ['sent fin sent paused sent', false],
  ['sent paused sent', false],
])('%s: the server has ended the connection in a pause: %s', (said, expected) => {
  const events = said.split(' ').map((word) => EVENTS[word] as Event)
  expect(endedMeanwhile({ connections: [], events })).toBe(expected)
})

it.each([
  pauses,
  session,
])('$id is kept by who ends the connection when the idle time that is stated is over', (property) => {
  const subject = alone([send('a'), awaitAll, pause(250), send('b'), awaitAll])
  const account: Account = {
    sent: 2,
    ended: false,
    received: Uint8Array.of(0x61),
    ending: 'fin',
    cuts: { requested: 0, proven: 0 },
  }
  // The second byte crosses the FIN.
  const events: Event[] = [
    { at: 1, on: 0, did: 'sent', from: 0, to: 1 },
    { at: 252, on: 0, did: 'paused', ms: 250 },
    { at: 253, on: 0, did: 'sent', from: 1, to: 2 },
    { at: 254, on: 0, did: 'got-fin' },
  ]
  const echo = protocolNamed('echo')
  const judged = (idleMs?: number) => {
    const protocol = idleMs === undefined ? echo : { ...echo, idleMs }
    return property.check([subject], [{ connections: [account], events }], protocol)
  }
  expect(judged(250)).toEqual({ is: 'pass' })
  expect(judged(300)).toMatchObject({ is: 'fail', rule: 'answers' })
  expect(judged()).toMatchObject({ is: 'fail', rule: 'answers' })
})
