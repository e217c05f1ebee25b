import type { Random } from 'fast-check'
import type { Case, Script, Step } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { answeredBytes, cannotFill, messagesAnsweredBy } from './answer-volume.ts'
import { judgeEach } from './judge.ts'
import { endedMeanwhile } from './pauses.ts'
import { endsItself, pipelined, sends, waitsForAll } from './scripts.ts'
import { aloneAndTogether, judgeWitness } from './witness.ts'

const MIB = 1_048_576

/** Bytes that any kernel holds, and more than one does for a client with a narrow window: 0.1 to 1.4 MiB (narrow-window.ts). */
const LITTLE = 65_536
const MUCH = 1.75 * MIB

/** Bytes of answers that nobody reads. */
const VOLUME = 2 * MIB

/** Milliseconds without reading: beyond timers that a server may have for its writes. */
const LONG_MS = 1_200

/** Who does not read is held up alone, and loses nothing. */
export const backPressure: Property = {
  id: 'any/back-pressure',
  claim:
    'A client that does not read for a while gets every answer when it reads on, also after its FIN, and others are served meanwhile.',
  source:
    'RFC 9293 section 3.8.6: the window closes and the sender waits; write(2): a write may take less than it was given',
  level: 'must',
  notFor: cannotFill,
  weight: 10,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  admits: ({ connections }, protocol) =>
    connections.some(stops) &&
    connections.every((script) => waitsForAll(script) || endsItself(script)) &&
    connections.filter(stops).every((script) => isClear(answeredBytes(script, protocol))),
  plays: (subject, protocol) => (witnessed(subject) ? aloneAndTogether(subject, protocol) : [subject]),
  check: (plays, transcripts, protocol) => {
    const [together, seen] = [plays.at(-1), transcripts.at(-1)]
    // How long it bears who does not read, where that is a second and more, is a server's own affair, as in any/pauses.
    const hadEnough = together?.connections.some(pausesLong) === true && endedMeanwhile(seen)
    const wrong: Verdict = hadEnough ? { is: 'pass' } : judgeEach(together, seen, protocol, 'answers', 'end')
    const disturbed = plays.length > 1 ? judgeWitness(plays, transcripts, protocol, 'disturbed') : wrong
    return disturbed.is === 'fail' ? disturbed : wrong
  },
}

function makeCase(chance: Random, protocol: Protocol): Case {
  const said = sends(messagesAnsweredBy(chance, protocol, VOLUME))
  const stopped: Step[] = [{ do: 'stop-reading' }, ...said]
  const witness: Script = { steps: pipelined(makeMessages(chance, protocol, 2)), cuts: [] }
  if (oneIn(chance, 4)) {
    // Who has ended its side before it reads on is still owed all that the server could not write yet.
    const ended: Script = { steps: [...stopped, { do: 'pause', ms: 1 }, { do: 'end' }], cuts: [] }
    return { connections: [ended, witness], turns: [0, 0, 0, 0, 1, 1, 1] }
  }
  const slowly = oneIn(chance, 3) ? readingSlowly(chance) : []
  const reader: Script = { steps: [...stopped, ...slowly, { do: 'await' }], cuts: [] }
  // It stops, and says all; then the witness speaks and is answered; then it reads on.
  return { connections: [reader, witness], turns: [0, 0, 1, 1, 1] }
}

/** Some milliseconds of reading between longer ones without. */
function readingSlowly(chance: Random): Step[] {
  return Array.from({ length: chance.nextInt(1, 3) }).flatMap((): Step[] => [
    { do: 'read-on' },
    { do: 'pause', ms: 1 },
    { do: 'stop-reading' },
    { do: 'pause', ms: pick(chance, oneIn(chance, 20) ? [LONG_MS, 2 * LONG_MS] : [2, 10, 30]) },
  ])
}

/** Whether it stops reading at some time. */
export function stops({ steps }: Script): boolean {
  return steps.some((step) => step.do === 'stop-reading')
}

/** How much a kernel holds differs from moment to moment: what is near to it fails now and then. */
function isClear(volume: number): boolean {
  return volume < LITTLE || volume >= MUCH
}

function pausesLong({ steps }: Script): boolean {
  return steps.some((step) => step.do === 'pause' && step.ms >= LONG_MS)
}

function witnessed({ connections }: Case): boolean {
  const last = connections.at(-1)
  return connections.length > 1 && last !== undefined && !stops(last)
}
