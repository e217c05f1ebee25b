import type { Case } from '../src/harness/case.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { hear } from '../src/harness/hear.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { answeredBytes, cannotFill, encodedLength, messagesAnsweredBy } from './answer-volume.ts'
import { stops } from './back-pressure.ts'
import { ownTrouble } from './judge.ts'
import { pipelined, waitsForAll } from './scripts.ts'

const MIB = 1_048_576

/** Bytes of answers that are asked for: beyond what a server may hold, and a kernel. */
const VOLUME = 4 * MIB
const LEAST_VOLUME = 3.75 * MIB

/** Bytes of answers that a server may hold for a client that does not read: frame-protocol.md has about one MiB. */
const MOST_HELD = 2 * MIB

/** Who does not read takes up no room without end. */
export const hoarding: Property = {
  id: 'any/hoarding',
  claim: 'A server reads no further while a client takes no answers: it holds 2 MiB of them at the most.',
  source:
    'write(2), RFC 9293 section 3.8.6: who does not read makes the writer wait, and that one need not read either',
  // How much a server sets aside for a client is its own affair, until there are many such clients.
  level: 'should',
  notFor: cannotFill,
  weight: 25,
  looksAt: 'memory',
  // How much a server's memory grows is told of all its clients together.
  oneAtATime: true,
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const said = pipelined(messagesAnsweredBy(chance, protocol, VOLUME))
      return { connections: [{ steps: [{ do: 'stop-reading' }, ...said], cuts: [] }], turns: [] }
    }),
  // How much a kernel holds differs from moment to moment: what is near to the limit fails now and then.
  admits: ({ connections }, protocol) =>
    connections.some(stops) &&
    connections.every(waitsForAll) &&
    connections.every((script) => answeredBytes(script, protocol) >= LEAST_VOLUME),
  check: ([subject], [transcript], protocol) => {
    if (subject === undefined || transcript === undefined) return { is: 'inconclusive', why: 'nothing was played' }
    const trouble = ownTrouble(transcript.connections)
    return trouble === undefined ? hoarded(subject, transcript, protocol) : { is: 'inconclusive', why: trouble }
  },
}

/** What was due to all that the server had read, and was not with the kernel, was in its memory, which grew by it. */
function hoarded({ connections }: Case, { connections: accounts, events }: Transcript, protocol: Protocol): Verdict {
  for (const event of events) {
    const script = connections[event.on]
    if (event.did !== 'piled-up' || event.grown === undefined || script === undefined) continue
    const bytes = Buffer.concat(script.steps.flatMap((step) => (step.do === 'send' ? [step.bytes] : [])))
    const answers = protocol.model?.(hear(protocol.codec, bytes.subarray(0, event.read), false)).answers ?? []
    const due = encodedLength(answers, protocol)
    const held = due - event.written
    // What never came at last was lost, not held: that is another claim's to tell.
    const isLost = (accounts[event.on]?.received.length ?? 0) < due
    if (!isLost && held > MOST_HELD && event.grown > held / 2) return hoards(held, event.grown)
  }
  return { is: 'pass' }
}

function hoards(held: number, grown: number): Verdict {
  return {
    is: 'fail',
    rule: 'hoards',
    expected: `at most ${MOST_HELD} bytes of answers are held for a client that does not read`,
    actual: `${held} bytes, and the server's memory has grown by ${grown}`,
  }
}
