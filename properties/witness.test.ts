import { describe, expect, it } from 'vitest'
import type { Protocol } from '../src/harness/protocol.ts'
import { echoed, unknown } from '../src/harness/testing/small-protocols.ts'
import { awaitAll, reset, script, send } from '../src/harness/testing/steps.ts'
import type { Account, Ending, Transcript } from '../src/harness/transcript.ts'
import { aloneAndTogether, judgeWitness } from './witness.ts'

const witness = script([send('a'), awaitAll])
const subject = { connections: [script([reset]), witness], turns: [] }
const alone = { connections: [witness], turns: [] }

/** What the witness got, after others that got nothing. */
function got(answer: string, ending: Ending = 'open', others = 0): Transcript {
  const account = (text: string): Account => {
    return { sent: 1, ended: false, received: Buffer.from(text), ending, cuts: { requested: 0, proven: 0 } }
  }
  return { connections: [...Array.from({ length: others }, () => account('')), account(answer)], events: [] }
}

function judged(protocol: Protocol, ...transcripts: readonly Transcript[]) {
  return judgeWitness(aloneAndTogether(subject, protocol), transcripts, protocol, 'disturbed')
}

describe('a witness', () => {
  it('is played alone first, and twice where no model tells what is due to it', () => {
    expect(aloneAndTogether(subject, echoed as Protocol)).toEqual([alone, subject])
    expect(aloneAndTogether(subject, unknown as Protocol)).toEqual([alone, alone, subject])
  })
  it.each([
    ['passes with what is due to it', got('a'), got('a', 'open', 1), { is: 'pass' }],
    ['passes where it gets the wrong answer alone too', got('b'), got('b', 'open', 1), { is: 'pass' }],
    ['fails where it gets nothing beside others', got('a'), got('', 'timeout', 1), { is: 'fail', rule: 'disturbed' }],
    ['fails where it is refused', got('', 'refused'), got('', 'refused', 1), { is: 'fail', rule: 'disturbed' }],
  ])('with a model %s', (_, before, beside, verdict) => {
    expect(judged(echoed as Protocol, before, beside)).toMatchObject(verdict)
  })
  it.each([
    ['passes where all is the same', [got('1'), got('1'), got('1', 'open', 1)], { is: 'pass' }],
    ['fails where it got the same twice alone', [got('1'), got('1'), got('', 'open', 1)], { is: 'fail' }],
    ['fails where it ends otherwise', [got('1'), got('1'), got('1', 'fin', 1)], { is: 'fail' }],
    ['passes where it is like one of two that differ', [got('1'), got('2'), got('2', 'open', 1)], { is: 'pass' }],
    [
      'cannot be judged where all answers differ',
      [got('1'), got('2'), got('3', 'open', 1)],
      { is: 'inconclusive', why: expect.stringContaining('differ by themselves') },
    ],
    ['fails where it is refused alone', [got('1'), got('', 'refused'), got('', 'refused', 1)], { is: 'fail' }],
  ])('without a model %s', (_, transcripts, verdict) => {
    expect(judged(unknown as Protocol, ...transcripts)).toMatchObject(verdict)
  })
})
