import type { Random } from 'fast-check'
import type { Case, Script, Step } from '../src/harness/case.ts'
import { chanceFor, oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessage, makeMessages } from '../src/harness/generate/messages.ts'
import { answerCodec, due } from '../src/harness/hear.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { judgeEach } from './judge.ts'
import { needsModel } from './needs.ts'
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

/** Of so many messages the longest are taken, so many of them, each to be answered by so many bytes. */
const DRAWS = 8
const KINDS = 4
const LEAST_ANSWER = 2_048
/** So many times as long as its answer a message is at the most: what is sent must not be much more than what comes back. */
const MOST_SENT = 4

/** So many messages are drawn at the most to find one with a long answer, and to tell whether a protocol has any. */
const MOST_DRAWS = 1_000
const TELLING_DRAWS = 100

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

/** Different messages, in turn, until their answers come to so many bytes; none where no message has a long answer. */
export function messagesAnsweredBy(chance: Random, protocol: Protocol, volume: number): Uint8Array[] {
  const kinds = answeredAtLength(chance, protocol)
  const messages: Uint8Array[] = []
  for (let answered = 0; answered < volume; ) {
    const kind = kinds[messages.length % kinds.length]
    if (kind === undefined) return messages
    messages.push(kind.bytes)
    answered += kind.answer
  }
  return messages
}

/** Of some messages those with long answers, the longest first; none of them ends the conversation. */
function answeredAtLength(
  chance: Random,
  protocol: Protocol,
  most = MOST_DRAWS,
): { bytes: Uint8Array; answer: number }[] {
  const found: { bytes: Uint8Array; answer: number }[] = []
  for (let draws = 0; draws < DRAWS || (found.length === 0 && draws < most); draws++) {
    const bytes = makeMessage(chance, protocol)
    const answer = answerLength(bytes, protocol)
    if (answer >= LEAST_ANSWER && bytes.length <= MOST_SENT * answer) found.push({ bytes, answer })
  }
  return found.sort((one, other) => other.answer - one.answer).slice(0, KINDS)
}

/** Bytes of what is due to these bytes; none where the conversation is over then. */
function answerLength<F>(bytes: Uint8Array, protocol: Protocol<F>): number {
  const known = lengths.get(protocol) ?? new WeakMap<Uint8Array, number>()
  lengths.set(protocol, known)
  const length = known.get(bytes) ?? lengthOfAnswer(bytes, protocol)
  known.set(bytes, length)
  return length
}

/** The same message is said a thousand times, in each of a hundred candidates. */
const lengths = new WeakMap<object, WeakMap<Uint8Array, number>>()

function lengthOfAnswer<F>(bytes: Uint8Array, protocol: Protocol<F>): number {
  const reply = due(protocol, bytes, false)
  return reply === undefined || reply.end === 'fin' ? 0 : encodedLength(reply.answers, protocol)
}

/** Bytes of these answers. */
export function encodedLength<F>(answers: readonly F[], protocol: Protocol<F>): number {
  const codec = answerCodec(protocol)
  return answers.reduce((total, answer) => total + codec.encode(answer).length, 0)
}

/** Why no client can fill what a kernel holds of the answers of this protocol, if so. */
export function cannotFill(protocol: Protocol): string | undefined {
  const why = needsModel(protocol) ?? protocol.notInFloods
  if (why !== undefined || answeredAtLength(chanceFor(0, 'back-pressure', 0), protocol, TELLING_DRAWS).length > 0)
    return why
  return `the answers of protocol ${protocol.name} are too short to fill what a kernel holds of them`
}

/** Whether it stops reading at some time. */
export function stops({ steps }: Script): boolean {
  return steps.some((step) => step.do === 'stop-reading')
}

/** How much a kernel holds differs from moment to moment: what is near to it fails now and then. */
function isClear(volume: number): boolean {
  return volume < LITTLE || volume >= MUCH
}

/** Bytes that are due to the messages of this script, each by itself. */
export function answeredBytes({ steps }: Script, protocol: Protocol): number {
  return steps.reduce((total, step) => total + (step.do === 'send' ? answerLength(step.bytes, protocol) : 0), 0)
}

function pausesLong({ steps }: Script): boolean {
  return steps.some((step) => step.do === 'pause' && step.ms >= LONG_MS)
}

function witnessed({ connections }: Case): boolean {
  const last = connections.at(-1)
  return connections.length > 1 && last !== undefined && !stops(last)
}
