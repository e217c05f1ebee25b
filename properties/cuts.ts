import type { Case } from '../src/harness/case.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../src/harness/generate/cuts.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Account } from '../src/harness/transcript.ts'
import { inWords, ownTrouble } from './judge.ts'
import { firstDifference } from './same-answers.ts'
import { pipelined, waitsForAll } from './scripts.ts'

/** The same bytes get the same answers, in one write and torn. Needs no model of the server. */
export const cuts: Property = {
  id: 'any/cuts',
  claim: 'The same bytes get the same answers, however they are cut into segments.',
  source: 'RFC 9293 section 3.8: TCP delivers a stream, segment boundaries mean nothing',
  level: 'must',
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const messages = makeMessages(chance, protocol, 6)
      const cuts = placeCuts(chance, messages, protocol.codec)
      return { connections: [{ steps: [...pipelined(messages), { do: 'end' }], cuts }], turns: [] }
    }),
  admits: ({ connections }) => connections.every(waitsForAll),
  plays: (subject) => [uncut(subject), subject],
  check: (_, [whole, torn], protocol) => {
    const accounts = [...(whole?.connections ?? []), ...(torn?.connections ?? [])]
    const trouble = ownTrouble(accounts)
    if (trouble !== undefined || whole === undefined || torn === undefined) {
      return { is: 'inconclusive', why: trouble ?? 'nothing was played' }
    }
    const pairs = whole.connections.map((one, on) => [one, torn.connections[on] as Account] as const)
    return pairs.map((pair) => compared(pair, protocol)).find(({ is }) => is === 'fail') ?? { is: 'pass' }
  },
}

function compared([one, other]: readonly [Account, Account], protocol: Protocol): Verdict {
  const difference = firstDifference(one.received, other.received, protocol)
  if (difference !== undefined) {
    return { is: 'fail', rule: 'answers', expected: `uncut, ${difference.one}`, actual: `cut, ${difference.other}` }
  }
  if (one.ending === other.ending) return { is: 'pass' }
  return { is: 'fail', rule: 'end', expected: `uncut, ${inWords(one.ending)}`, actual: `cut, ${inWords(other.ending)}` }
}

function uncut(subject: Case): Case {
  return { ...subject, connections: subject.connections.map((script) => ({ ...script, cuts: [] })) }
}
