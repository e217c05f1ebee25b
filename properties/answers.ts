import { oneIn } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../src/harness/generate/cuts.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import { judgeEach } from './judge.ts'
import { needsModel } from './needs.ts'
import { lockstep, pipelined, waitsForAll } from './scripts.ts'

/** The model's answers, all of them, in order and byte for byte, wherever the stream is torn. */
export const answers: Property = {
  id: 'any/answers',
  claim: 'Every message gets its answer, byte for byte and in order, wherever the stream is torn.',
  source: 'the model of the protocol; RFC 9293 section 3.8: TCP delivers a stream, segment boundaries mean nothing',
  level: 'must',
  notFor: needsModel,
  // Most bugs of parsers show here, some only at one size in hundreds.
  shares: 4,
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const messages = makeMessages(chance, protocol, 8)
      const cuts = placeCuts(chance, messages, protocol.codec)
      const steps = oneIn(chance, 3) ? lockstep(messages) : pipelined(messages)
      // Reading to the end shows an answer too many; closing at once is what most clients do.
      return { connections: [{ steps: oneIn(chance, 2) ? [...steps, { do: 'end' }] : steps, cuts }], turns: [] }
    }),
  admits: ({ connections }) => connections.every(waitsForAll),
  check: ([subject], [transcript], protocol) => judgeEach(subject, transcript, protocol, 'answers'),
}
