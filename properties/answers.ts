import { oneIn } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../src/harness/generate/cuts.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Event } from '../src/harness/transcript.ts'
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
  check: ([subject], [transcript], protocol) => {
    const verdict = judgeEach(subject, transcript, protocol, 'answers')
    // Among others it may have waited for its turn.
    const isAlone = subject?.connections.length === 1
    return verdict.is === 'pass' && isAlone && transcript?.events.some(isInVain) ? TOO_LATE : verdict
  },
}

/** Who was to be answered and was not. Where all has come in the end, something else has fetched it. */
function isInVain(event: Event): boolean {
  return event.did === 'waited' && event.for === 'answers' && event.why !== 'over'
}

const TOO_LATE = {
  is: 'fail',
  rule: 'answers',
  expected: 'every answer when it is due, and waited for',
  actual: 'silence until the deadline; the answer came when the client went on, or ended its side',
} as const
