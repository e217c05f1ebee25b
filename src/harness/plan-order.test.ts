import { describe, expect, it } from 'vitest'
import type { Case } from './case.ts'
import { planCase } from './plan.ts'
import type { Protocol } from './protocol.ts'
import { holds } from './testing/planned.ts'
import { echoed, echoedFrames, echoedLines, unknown } from './testing/small-protocols.ts'
import { alone, awaitAll, end, reset, script, send } from './testing/steps.ts'

describe('awaits', () => {
  const whole = echoedFrames.codec.encode({ type: 1, data: Buffer.from('x') })
  holds([
    [
      'count bytes where there are no frames',
      alone([send('ab'), awaitAll, send('c'), awaitAll]),
      'A write 0-2; A await 2; A write 2-3; A await 3; A close',
    ],
  ])
  holds([['count whole lines', alone([send('a\nb\nhalf'), awaitAll]), 'A write 0-8; A await 2; A close']], echoedLines)
  holds(
    [
      [
        'count whole frames',
        alone([send(whole), send(whole.subarray(0, 6)), awaitAll]),
        'A write 0-16; A await 1; A close',
      ],
    ],
    echoedFrames,
  )
  holds(
    [['wait for quiet without a model', alone([send('abc'), awaitAll]), 'A write 0-3; A await quiet; A close']],
    unknown,
  )

  it('tells the model that the client has ended, once it has', () => {
    const ends: boolean[] = []
    const model: Protocol<Uint8Array>['model'] = ({ ended }) => {
      ends.push(ended)
      return { answers: [], end: 'either' }
    }
    planCase(alone([send('a'), awaitAll, end, awaitAll]), { ...echoed, model })
    expect(ends).toEqual([false, true])
  })
})

describe('turns', () => {
  const a = script([send('ab'), awaitAll])
  const b = script([send('cd'), end])
  const both = [a, b]
  holds([
    [
      'without turns the connections go one after another',
      { connections: both, turns: [] },
      'A write 0-2; A await 2; A close; B write 0-2 +fin; B read-to-end',
    ],
    [
      'a turn is one move',
      { connections: both, turns: [0, 1, 0, 1] },
      'A write 0-2 order; B write 0-2 +fin; A await 2; B read-to-end; A close',
    ],
    [
      'a segment is a move',
      { connections: [script([send('abc')], [1]), b], turns: [0, 1] },
      'A write 0-1 cut; B write 0-2 +fin; A write 1-3; A close; B read-to-end',
    ],
    [
      'turns of a connection that has no move left are passed over',
      { connections: both, turns: [1, 1, 1, 1, 0] },
      'B write 0-2 +fin; B read-to-end; A write 0-2; A await 2; A close',
    ],
    [
      'turns of a connection that is not there are passed over',
      { connections: both, turns: [7, 1, 9] },
      'B write 0-2 +fin; A write 0-2; A await 2; A close; B read-to-end',
    ],
    [
      'three weave',
      { connections: [a, script([reset]), a], turns: [2, 0, 1] },
      'C write 0-2 order; A write 0-2 order; B rst; A await 2; A close; C await 2; C close',
    ],
  ])
})

describe('proofs of order', () => {
  const two = (one: Case['connections'][number], turns: readonly number[]): Case => ({
    connections: [one, script([send('z')])],
    turns,
  })
  holds([
    [
      'none where the same connection goes on',
      two(script([send('ab'), awaitAll]), []),
      'A write 0-2; A await 2; A close; B write 0-1; B close',
    ],
    [
      'one where another connection goes on',
      two(script([send('ab'), awaitAll]), [0, 1]),
      'A write 0-2 order; B write 0-1 order; A await 2; A close; B close',
    ],
    [
      'a cut is proof enough',
      two(script([send('ab')], [2]), [0, 1]),
      'A write 0-2 cut; B write 0-1 order; A close; B close',
    ],
    [
      'none for what ends the connection',
      two(script([send('ab'), reset]), [0, 1]),
      'A write 0-2 +rst; B write 0-1; B close',
    ],
  ])
})
