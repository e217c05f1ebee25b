import { describe, expect, it } from 'vitest'
import type { Event } from '../src/harness/transcript.ts'
import { judgeHeldUp, ROW, ROWS } from './held-up.ts'

const COUNT = ROW * ROWS

/** Milliseconds for each answer: of the first in each row beside a long message, by the round, and of all others. */
function times(beside: (round: number) => number, other: (at: number) => number = () => 1): number[] {
  return Array.from({ length: COUNT }, (_, at) => {
    const row = Math.floor(at / ROW)
    return row % 2 === 1 && at % ROW === 0 ? beside((row - 1) / 2) : other(at)
  })
}

/** B gets each answer after so many milliseconds, and says the next message then; A hears something all the time. */
function inTurn(waits: readonly number[]): Event[] {
  let at = 0
  return waits.flatMap((ms, message): Event[] => {
    const sent = at
    at += ms
    return [
      { at: sent, on: 1, did: 'sent', from: message, to: message + 1 },
      { at: sent, on: 0, did: 'received', from: 0, to: 1 },
      { at, on: 1, did: 'received', from: message, to: message + 1 },
    ]
  })
}

const judged = (events: readonly Event[]) => judgeHeldUp(1, events, 1_048_576)

describe('a client that is held up', () => {
  it('in every round has waited too long, and that is told beside what is usual', () => {
    expect(judged(inTurn(times((round) => 700 + round)))).toEqual({
      is: 'fail',
      rule: 'held-up',
      expected:
        'B waits less than 500 ms, or 20 times as long as before and after, while 1,048,576 bytes of A are worked on',
      actual: '700 ms and more, 3 of 3 times, and 1.00 ms before and after',
    })
  })
  it('is seen where one answer before or after each of them was late for another reason', () => {
    const late = (at: number): number => (at === 6 || at === 19 ? 400 : 1)
    expect(judged(inTurn(times(() => 700, late)))).toMatchObject({ rule: 'held-up' })
  })
  it('is seen where its thread took long to start', () => {
    const starting = (at: number): number => (at === 0 ? 300 : 1)
    expect(judged(inTurn(times(() => 700, starting)))).toMatchObject({ rule: 'held-up' })
  })
})

describe('a right server passes', () => {
  it.each<[string, (round: number) => number, (at: number) => number]>([
    ['that is as fast as ever', () => 1, () => 1],
    ['that takes a while for a long message', () => 499, () => 1],
    ['that is as slow as ever', () => 50, () => 50],
    ['that is slow, and slower beside a long message', () => 900, () => 50],
    ['that looks every second at what has come', () => 1_000, () => 1_000],
    ['on a machine that was busy for a moment', (round) => (round === 1 ? 5_000 : 1), () => 1],
    ['on a machine that was busy in two rounds of three', (round) => (round === 1 ? 1 : 5_000), () => 1],
    ['on a machine that is busy all the time', () => 600, (at) => (at % 2 === 0 ? 60 : 2)],
  ])('%s', (_, beside, other) => expect(judged(inTurn(times(beside, other)))).toEqual({ is: 'pass' }))

  it('that ends the connection of who has said nothing for a while', () => {
    const untilSecondRound = inTurn(times(() => 700).slice(0, 3 * ROW))
    expect(judged(untilSecondRound)).toEqual({ is: 'pass' })
  })
})

describe('a client whose answer was not waited for any longer', () => {
  /** The first row is answered at once, the next answer given up; all that is left is said then, and answered later. */
  function givenUp(why: string, ms: number | undefined): Event[] {
    const rest = Array.from({ length: COUNT - ROW - 1 }, (_, at) => at + ROW + 1)
    return [
      ...inTurn([1, 1, 1]),
      { at: 3, on: 1, did: 'sent', from: 3, to: 4 },
      { at: 1_003, on: 1, did: 'waited', for: 'answers', ms: 1_000, why },
      ...rest.map((message): Event => ({ at: 1_003, on: 1, did: 'sent', from: message, to: message + 1 })),
      ...(ms === undefined ? [] : [{ at: 3 + ms, on: 1, did: 'received', from: 3, to: COUNT } as const]),
    ]
  }
  it('was held up for as long as that took', () => {
    expect(judged(givenUp('deadline', 1_500))).toMatchObject({
      rule: 'held-up',
      actual: '1500 ms and more, 1 of 1 times, and 1.00 ms before and after',
    })
  })
  it('may have been forgotten, which other claims tell', () => {
    expect(judged(givenUp('deadline', undefined))).toEqual({ is: 'pass' })
  })
  it('has to be waited for, where the server only seemed to be quiet, or stuck', () => {
    for (const why of ['quiet', 'stuck']) {
      expect(judged(givenUp(why, 1_500))).toMatchObject({ is: 'fail', rule: 'unanswered' })
    }
  })
  it('was not served before either, which other claims tell', () => {
    const never: readonly Event[] = [
      { at: 0, on: 1, did: 'sent', from: 0, to: 1 },
      { at: 1_000, on: 1, did: 'waited', for: 'answers', ms: 1_000, why: 'deadline' },
    ]
    expect(judged(never)).toEqual({ is: 'pass' })
  })
})
