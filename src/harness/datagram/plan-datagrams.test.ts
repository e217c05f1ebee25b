import { expect, it } from 'vitest'
import type { Case, DatagramFault, Step } from '../case.ts'
import { planDatagrams } from './plan-datagrams.ts'

it.each<[string, readonly Step[], string]>([
  ['as they stand', [datagram('ab'), datagram(''), datagram('c')], '0-2 2-2 2-3'],
  ['without one that is lost', [datagram('ab', { is: 'lost' }), datagram('c')], '2-3'],
  ['with one twice', [datagram('ab', { is: 'doubled' }), datagram('c')], '0-2 0-2 2-3'],
  ['with the first bytes of one', [datagram('abc', { is: 'truncated', to: 1 }), datagram('d')], '0-1 3-4'],
  ['whole where all bytes arrive', [datagram('ab', { is: 'truncated', to: 9 })], '0-2'],
  ['with one overtaken', [datagram('a', { is: 'late', by: 1 }), datagram('b'), datagram('c')], '1-2 0-1 2-3'],
  ['with one overtaken by two', [datagram('a', { is: 'late', by: 2 }), datagram('b'), datagram('c')], '1-2 2-3 0-1'],
  ['with one overtaken by all there are', [datagram('a', { is: 'late', by: 3 }), datagram('b')], '1-2 0-1'],
  [
    'with waits between',
    [datagram('a'), { do: 'await' }, { do: 'pause', ms: 5 }, datagram('b')],
    '0-1 await pause5 1-2',
  ],
  ['until answered', [{ do: 'insist', bytes: Buffer.from('ab'), times: 4 }], '0-2x4'],
  [
    'from the sends of a stream, whose ends mean nothing',
    [{ do: 'send', bytes: Buffer.from('ab') }, { do: 'end' }],
    '0-2',
  ],
])('datagrams leave %s', (_, steps, expected) => {
  expect(told({ connections: [{ steps, cuts: [] }], turns: [] })).toBe(expected)
})

it('clients take turns step by step, a lost datagram being one', () => {
  const a = { steps: [datagram('a', { is: 'lost' }), datagram('b')], cuts: [] }
  const b = { steps: [datagram('c'), datagram('d')], cuts: [] }
  const { moves } = planDatagrams({ connections: [a, b], turns: [0, 1, 0, 1] })
  expect(moves.map(({ on, move }) => [on, move.do === 'leave' && move.from])).toEqual([
    [1, 0],
    [0, 1],
    [1, 1],
  ])
})

function datagram(text: string, fault?: DatagramFault): Step {
  return { do: 'datagram', bytes: Buffer.from(text), ...(fault === undefined ? {} : { fault }) }
}

function told(subject: Case): string {
  return planDatagrams(subject)
    .moves.map(({ move }) => {
      if (move.do === 'await') return 'await'
      if (move.do === 'pause') return `pause${move.ms}`
      return `${move.from}-${move.to}${move.do === 'insist' ? `x${move.times}` : ''}`
    })
    .join(' ')
}
