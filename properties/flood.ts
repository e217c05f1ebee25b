import type { Random } from 'fast-check'
import type { Case, Step } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { judgeEach } from './judge.ts'
import { needsModel } from './needs.ts'
import { waitsForAll } from './scripts.ts'
import { shortest } from './shortest.ts'

/** Bytes that a server reads at once where it has room for as much. */
const ONE_READ = 65_536
/** Messages at the most, as many as the shortest ones of most protocols that one read holds: each costs time. */
const MOST = 7_300
/** Messages drawn, of which the smallest is taken. */
const DRAWS = 40

/** As many of the smallest messages as one read can hold are all answered. */
export const flood: Property = {
  id: 'any/flood',
  claim: 'Thousands of the smallest messages in one write get their answers, one for one.',
  source: 'the model of the protocol; a parser that calls itself for every message runs out of stack',
  level: 'must',
  notFor: (protocol) =>
    needsModel(protocol) ??
    protocol.notInFloods ??
    (protocol.codec.counts === 'bytes' ? `in protocol ${protocol.name} every byte is a message` : undefined),
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  admits: ({ connections }) => connections.every(waitsForAll),
  check: ([subject], [transcript], protocol) => judgeEach(subject, transcript, protocol, 'answers'),
}

function makeCase(chance: Random, protocol: Protocol): Case {
  const [bytes] = shortest(chance, protocol, DRAWS)
  const most = Math.min(MOST, Math.floor(ONE_READ / bytes.length))
  const count = Math.min(most, pick(chance, [most, 1_100, 300, 1_500]))
  const steps = new Array<Step>(count).fill({ do: 'send', bytes })
  const total = count * bytes.length
  // One cut near the beginning leaves a flood, one in the middle of a message behind it.
  const cuts = oneIn(chance, 4) ? [] : [chance.nextInt(1, Math.min(total, 4 * bytes.length))]
  return { connections: [{ steps: [...steps, { do: 'await' }], cuts }], turns: [] }
}
