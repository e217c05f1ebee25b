import type { Random } from 'fast-check'
import type { Step } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { judgeEach } from './judge.ts'
import { needsModel } from './needs.ts'
import { waitsForAll } from './scripts.ts'

/** A message that comes in parts, with silence between them, is answered like any other. */
export const pauses: Property = {
  id: 'any/pauses',
  claim: 'A message that comes in two parts with a pause between them is answered as if it had come at once.',
  source: 'RFC 9293 section 3.8: TCP delivers a stream, when its segments come means nothing',
  level: 'must',
  notFor: needsModel,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  admits: ({ connections }) => connections.every(waitsForAll),
  check: ([subject], [transcript], protocol) =>
    // Who has had enough of the silence may end the connection: how long it may last is not for this claim to say.
    endedMeanwhile(transcript) ? { is: 'pass' } : judgeEach(subject, transcript, protocol, 'answers'),
}

/** Milliseconds: beyond a turn of an event loop, and beyond timers that people choose. Long ones are seldom: they cost time. */
const LENGTHS = [5, 20, 20, 60, 60, 120, 120, 250]

function makeCase(chance: Random, protocol: Protocol) {
  const messages = makeMessages(chance, protocol, 3)
  const torn = chance.nextInt(0, messages.length - 1)
  const steps: Step[] = []
  let offset = 0
  let cut = 0
  for (const [at, bytes] of messages.entries()) {
    // Near its beginning, where headers are, or anywhere.
    const most = Math.min(bytes.length - 1, oneIn(chance, 2) ? 6 : bytes.length)
    const part = at === torn && most > 0 ? chance.nextInt(1, most) : bytes.length
    steps.push({ do: 'send', bytes: bytes.subarray(0, part) })
    if (at === torn) {
      cut = offset + part
      steps.push({ do: 'pause', ms: pick(chance, LENGTHS) })
    }
    if (part < bytes.length) steps.push({ do: 'send', bytes: bytes.subarray(part) })
    offset += bytes.length
  }
  // A cut where the pause is proves that the server has read the first part before it.
  const cuts = oneIn(chance, 4) ? [] : [cut]
  return { connections: [{ steps: [...steps, { do: 'await' } as const], cuts }], turns: [] }
}

/** Whether the server ended the connection before everything had been sent. */
export function endedMeanwhile(transcript: Transcript | undefined): boolean {
  const events = transcript?.events ?? []
  const end = events.findIndex(({ did }) => did === 'got-fin' || did === 'got-rst')
  return end !== -1 && end < events.findLastIndex(({ did }) => did === 'sent')
}
