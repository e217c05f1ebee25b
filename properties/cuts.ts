import type { Case } from '../src/harness/case.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../src/harness/generate/cuts.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Account, Transcript } from '../src/harness/transcript.ts'
import { ownTrouble } from './judge.ts'
import { type Compared, compare } from './same-answers.ts'
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
  // Without a model the control is played twice, and before the cut: what a server answers may differ by itself.
  plays: (subject, { model }) =>
    model === undefined ? [uncut(subject), uncut(subject), subject] : [uncut(subject), subject],
  check: (_, transcripts, protocol) => {
    const [torn, controls] = [transcripts.at(-1), transcripts.slice(0, -1)]
    const trouble = ownTrouble(transcripts.flatMap(({ connections }) => connections))
    if (trouble !== undefined || torn === undefined || controls.length === 0) {
      return { is: 'inconclusive', why: trouble ?? 'nothing was played' }
    }
    const verdicts = judgeConnections(controls, torn, protocol)
    const worst = (outcome: Verdict['is']): Verdict | undefined => verdicts.find(({ is }) => is === outcome)
    return worst('fail') ?? worst('inconclusive') ?? { is: 'pass' }
  },
}

function judgeConnections(controls: readonly Transcript[], torn: Transcript, protocol: Protocol): Verdict[] {
  const count = Math.min(...controls.map(({ connections }) => connections.length))
  return torn.connections.slice(0, count).map((account, on) => {
    const whole = controls.map(({ connections }) => connections[on]) as [Account, ...Account[]]
    return verdictOf(compare(whole, account, protocol))
  })
}

function verdictOf(compared: Compared): Verdict {
  if (compared.is === 'same') return { is: 'pass' }
  if (compared.is === 'unsteady') return { is: 'inconclusive', why: compared.why }
  const { rule, one, other } = compared.difference
  return { is: 'fail', rule, expected: `uncut, ${one}`, actual: `cut, ${other}` }
}

function uncut(subject: Case): Case {
  return { ...subject, connections: subject.connections.map((script) => ({ ...script, cuts: [] })) }
}
