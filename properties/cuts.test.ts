import { describe, expect, it } from 'vitest'
import type { Protocol } from '../src/harness/protocol.ts'
import { echoedLines, unknown } from '../src/harness/testing/small-protocols.ts'
import { alone, awaitAll, send } from '../src/harness/testing/steps.ts'
import type { Account, Ending, Transcript } from '../src/harness/transcript.ts'
import { cuts } from './cuts.ts'
import { echo } from './protocols/echo.ts'

const subject = alone([send('ab'), awaitAll], [1])

function seen(...connections: readonly (readonly [answer: string, ending: Ending])[]): Transcript {
  const accounts = connections.map(([answer, ending]): Account => {
    const received = Buffer.from(answer)
    return { sent: 2, ended: false, received, ending, cuts: { requested: 0, proven: 0 } }
  })
  return { connections: accounts, events: [] }
}

describe('the same bytes, cut otherwise', () => {
  it.each([
    ['pass where answers and ends are the same', seen(['ab', 'open']), seen(['ab', 'open']), { is: 'pass' }],
    ['fail by other answers', seen(['ab', 'open']), seen(['a', 'open']), { is: 'fail', rule: 'answers' }],
    ['fail by another end', seen(['ab', 'open']), seen(['ab', 'reset']), { is: 'fail', rule: 'end' }],
    [
      'fail on any of several connections',
      seen(['ab', 'open'], ['ab', 'fin']),
      seen(['ab', 'open'], ['', 'fin']),
      { is: 'fail' },
    ],
    [
      'are not judged where we gave up',
      seen(['ab', 'open']),
      withTrouble(),
      { is: 'inconclusive', why: 'interrupted' },
    ],
  ])('%s', (_, whole, torn, verdict) => {
    expect(cuts.check([subject, subject], [whole, torn], echo as Protocol)).toMatchObject(verdict)
  })
  it('are played uncut first', () => {
    expect(cuts.plays?.(subject, echo as Protocol)).toEqual([alone([send('ab'), awaitAll]), subject])
  })
})

describe('the same bytes, cut otherwise, without a model', () => {
  const one = seen(['at 1\n', 'open'])
  const two = seen(['at 2\n', 'open'])
  const three = seen(['at 3\n', 'open'])
  const ended = seen(['at 1\n', 'fin'])

  it('are played uncut twice, and then cut', () => {
    const uncut = alone([send('ab'), awaitAll])
    expect(cuts.plays?.(subject, unknown as Protocol)).toEqual([uncut, uncut, subject])
  })
  it.each([
    ['pass where all answers are the same', [one, one, one], { is: 'pass' }],
    ['fail where those uncut are the same, and those cut are not', [one, one, two], { is: 'fail', rule: 'answers' }],
    ['fail where they end otherwise', [one, one, ended], { is: 'fail', rule: 'end' }],
    ['pass where they are like one of two that differ', [one, two, one], { is: 'pass' }],
    [
      'cannot be judged where all answers differ, and what to do is told',
      [one, two, three],
      { is: 'inconclusive', why: expect.stringMatching(/differ by themselves.*model, or "accepts"/) },
    ],
  ])('%s', (_, transcripts, verdict) => {
    expect(cuts.check([], transcripts, unknown as Protocol)).toMatchObject(verdict)
  })
  it('pass where the protocol accepts the one for the other', () => {
    const { model: _, ...lines } = echoedLines
    const lenient = { ...lines, accepts: () => true } as Protocol
    expect(cuts.check([], [one, two, three], lenient)).toEqual({ is: 'pass' })
  })
})

function withTrouble(): Transcript {
  const { connections } = seen(['ab', 'gave-up'])
  return { connections: connections.map((account) => ({ ...account, gaveUp: 'interrupted' })), events: [] }
}
