import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/harness/case.ts'
import type { Event, Transcript } from '../../src/harness/transcript.ts'
import { firstForeign } from './foreign.ts'

describe('what came back', () => {
  it.each([
    ['all of it, in another order', [['ab', 'c']], [['c', 'ab']], undefined],
    ['nothing', [['ab', 'c']], [[]], undefined],
    ['an empty datagram for an empty one', [['']], [['']], undefined],
    ['twice what was sent twice', [['a', 'a']], [['a', 'a']], undefined],
    ['half of one', [['abcd']], [['cd']], 'torn'],
    ['nothing of one', [['abcd']], [['']], 'torn'],
    ['two in one', [['ab', 'cd']], [['abcd']], 'merged'],
    ['two in one, the other way round', [['ab', 'cd']], [['cdab']], 'merged'],
    ['the same twice in one', [['a', 'a']], [['aa']], 'merged'],
    ['one twice that was sent once', [['ab', 'c']], [['ab', 'ab']], 'too-often'],
    ['the empty one twice', [['']], [['', '']], 'too-often'],
    ["another client's", [['ab'], ['cd']], [['cd'], []], 'mixed'],
    ["another client's beside its own like it", [[''], ['']], [['', ''], []], 'mixed'],
    ['other bytes', [['ab']], [['ax']], 'changed'],
    ['an empty one for nothing', [[]], [['']], 'changed'],
  ])('%s is %#', (_, sent, received, rule) => {
    const { subject, transcript } = exchange(sent, received)
    expect(firstForeign(subject, transcript)?.rule).toBe(rule)
  })
  it('is compared with what left, not with what was to leave', () => {
    const { subject, transcript } = exchange([['ab']], [['ab']])
    const events = transcript.events.filter(({ did }) => did !== 'sent')
    expect(firstForeign(subject, { ...transcript, events })?.rule).toBe('changed')
  })
  it('is told by client, size and first bytes', () => {
    const { subject, transcript } = exchange([['a'], ['hello']], [[], ['hell']])
    expect(firstForeign(subject, transcript)?.actual).toBe(
      "B got 4 bytes (68 65 6c 6c  'hell'): a piece of its datagram of 5 bytes",
    )
  })
})

/** What each client sent and got, as a case and as what was seen when it was played. */
function exchange(sent: readonly string[][], received: readonly string[][]): { subject: Case; transcript: Transcript } {
  const events: Event[] = []
  const tell = (did: 'sent' | 'received', on: number, all: readonly string[]): void => {
    let from = 0
    for (const { length } of all) {
      events.push({ at: 0, on, did, from, to: from + length })
      from += length
    }
  }
  for (const [on, all] of sent.entries()) tell('sent', on, all)
  for (const [on, all] of received.entries()) tell('received', on, all)
  const connections = sent.map((all) => ({
    steps: all.map((text) => ({ do: 'datagram' as const, bytes: Buffer.from(text) })),
    cuts: [],
  }))
  const accounts = received.map((all) => ({
    sent: 0,
    ended: false,
    received: Buffer.from(all.join('')),
    ending: 'open' as const,
    cuts: { requested: 0, proven: 0 },
  }))
  return { subject: { connections, turns: [] }, transcript: { connections: accounts, events } }
}
