import type { Random } from 'fast-check'
import type { Case, Step } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { judgeEach } from './judge.ts'
import { needsModel } from './needs.ts'
import { endedMeanwhile } from './pauses.ts'
import { lockstep, waitsForAll } from './scripts.ts'
import { shortest } from './shortest.ts'

/** Messages of a conversation: some, more than a counter of one byte counts, and more than twice as many. */
const LENGTHS = [40, 130, 270, 270, 530]

/** Different messages that are said in turn, the shortest of so many. */
const KINDS = 7
const DRAWS = 20

/** Milliseconds of silence before the last message: whatever waits for more bytes or for a timer has had its time. */
const SILENCES = [5, 20, 60, 120]

/** Who stays for long is served to the end. */
export const session: Property = {
  id: 'any/session',
  claim: 'A client that stays for hundreds of messages, each answered before the next, gets every answer to the last.',
  source: 'RFC 9293 section 3.4: sequence numbers come round again, and the stream goes on; the model of the protocol',
  level: 'must',
  notFor: (protocol) => needsModel(protocol) ?? protocol.notInFloods,
  weight: 25,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  admits: ({ connections }) => connections.every(waitsForAll),
  check: ([subject], [transcript], protocol) =>
    // As in any/pauses: how much silence a server bears is its own affair.
    endedMeanwhile(transcript, protocol.idleMs) ? { is: 'pass' } : judgeEach(subject, transcript, protocol, 'answers'),
}

function makeCase(chance: Random, protocol: Protocol): Case {
  const kinds = shortest(chance, protocol, DRAWS).slice(0, KINDS)
  const count = pick(chance, LENGTHS)
  const messages = Array.from({ length: count }, (_, at) => kinds[at % kinds.length] as Uint8Array)
  const silence: Step[] = oneIn(chance, 2) ? [{ do: 'pause', ms: pick(chance, SILENCES) }] : []
  const steps = [...lockstep(messages.slice(0, -1)), ...silence, ...lockstep(messages.slice(-1))]
  return { connections: [{ steps, cuts: [] }], turns: [] }
}
