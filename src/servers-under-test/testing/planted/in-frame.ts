import type { Address } from '../../server.ts'
import { badChecksum, frame, message, ping, readAnswers } from '../frames.ts'
import { RawClient } from '../raw-client.ts'
import type { Planted } from './planted.ts'
import { framesAfter, SOON_MS, tear } from './talk.ts'

const two = Buffer.concat([message('one'), message('two')])
const servedBoth = { b: ['pong "from B"'], a: ['message "from A"'], bLater: ['pong "from B"'] }

export const IN_FRAME: readonly Planted[] = [
  {
    name: 'split-header',
    protocol: 'frame',
    talk: (address) => framesAfter(address, two.subarray(0, 2), two.subarray(2)),
    right: ['message "one"', 'message "two"'],
    wrong: [],
  },
  {
    name: 'coalesced-drop',
    protocol: 'frame',
    talk: (address) => framesAfter(address, two),
    right: ['message "one"', 'message "two"'],
    wrong: ['message "one"'],
  },
  {
    name: 'error-eats-good',
    protocol: 'frame',
    talk: (address) => framesAfter(address, Buffer.concat([message('good'), badChecksum('bad')])),
    right: ['message "good"', 'error 1'],
    wrong: ['error 1'],
  },
  {
    name: 'stall-zero-length',
    protocol: 'frame',
    talk: (address) => framesAfter(address, Buffer.concat([message('a'), message()])),
    right: ['message "a"', 'message ""'],
    wrong: ['message "a"'],
  },
  {
    name: 'checksum-unchecked',
    protocol: 'frame',
    talk: (address) => framesAfter(address, badChecksum('corrupt')),
    right: ['error 1'],
    wrong: ['message "corrupt"'],
  },
  {
    name: 'cross-talk',
    protocol: 'frame',
    talk: besideHalfFrame,
    right: servedBoth,
    wrong: { b: ['error 1'], a: ['error 2'], bLater: ['error 1'] },
  },
  {
    name: 'starved-by-half-frame',
    protocol: 'frame',
    talk: besideHalfFrame,
    right: servedBoth,
    wrong: { ...servedBoth, b: [] },
  },
  {
    name: 'late-limit',
    protocol: 'frame',
    talk: (address) => framesAfter(address, Buffer.concat([message('good'), Buffer.from('00100001', 'hex')])),
    right: ['message "good"', 'error 2'],
    wrong: ['message "good"'],
  },
  {
    name: 'unknown-type-ignored',
    protocol: 'frame',
    talk: (address) => framesAfter(address, Buffer.concat([frame(0x05, 'x'), message('after')])),
    right: ['error 3'],
    wrong: ['message "after"'],
  },
  {
    name: 'truncation-unsaid',
    protocol: 'frame',
    talk: async (address) =>
      readAnswers(await (await tear(await RawClient.connect(address), two.subarray(0, 2))).end().getsEnd()),
    right: ['error 4'],
    wrong: [],
  },
]

/** What B gets while A is inside a frame, and what A gets for the rest of it. */
async function besideHalfFrame(address: Address): Promise<unknown> {
  const [a, b] = [await RawClient.connect(address), await RawClient.connect(address)]
  await tear(a, message('from A').subarray(0, 7))
  await tear(b, ping('from B'))
  const ofB = readAnswers(await b.getsWithin(SOON_MS))
  await tear(a, message('from A').subarray(7))
  const seen = { b: ofB, a: readAnswers(await a.getsWithin(SOON_MS)), bLater: readAnswers(b.received) }
  a.reset()
  b.reset()
  return seen
}
