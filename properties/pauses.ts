import type { Random } from 'fast-check'
import type { Case, Step } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { judgeEach } from './judge.ts'
import { longestSilence, TOO_EARLY } from './longest-silence.ts'
import { needsModel } from './needs.ts'
import { waitsForAll } from './scripts.ts'

/** A message that comes in parts, with silence between them, is answered like any other: a slow writer's too. */
export const pauses: Property = {
  id: 'any/pauses',
  claim: 'A message that comes in parts with pauses between them is answered as if it had come at once.',
  source: 'RFC 9293 section 3.8: TCP delivers a stream, when its segments come means nothing',
  level: 'must',
  notFor: needsModel,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  admits: ({ connections }) => connections.every(waitsForAll),
  check: ([subject], [transcript], protocol) =>
    // Who has had enough of the silence may end the connection: how long it may last is not for this claim to say.
    endedMeanwhile(transcript, protocol.idleMs) ? { is: 'pass' } : judgeEach(subject, transcript, protocol, 'answers'),
}

/** Milliseconds: beyond a turn of an event loop, and beyond timers that people choose. Long ones are seldom: they cost time. */
const LENGTHS = [5, 20, 20, 60, 60, 120, 120, 250]
/** Beyond timers of seconds, one at a time. */
const LONGEST_LENGTHS = [600, 1_200, 2_500]
/** Between many parts. */
const SHORT_LENGTHS = [5, 20, 20]
const MOST_PARTS = 8

function makeCase(chance: Random, protocol: Protocol): Case {
  const messages = makeMessages(chance, protocol, 3)
  const torn = chance.nextInt(0, messages.length - 1)
  const steps: Step[] = []
  const pausedAt: number[] = []
  let offset = 0
  for (const [at, bytes] of messages.entries()) {
    const places = at === torn ? placesIn(chance, bytes.length) : []
    const lengths = places.length > 1 ? SHORT_LENGTHS : oneIn(chance, 80) ? LONGEST_LENGTHS : LENGTHS
    let from = 0
    for (const to of [...places, bytes.length]) {
      steps.push({ do: 'send', bytes: bytes.subarray(from, to) })
      // One byte cannot come in two parts; then the silence is behind it.
      if (at === torn && (to < bytes.length || places.length === 0)) {
        steps.push({ do: 'pause', ms: pick(chance, lengths) })
        pausedAt.push(offset + to)
      }
      from = to
    }
    offset += bytes.length
  }
  // A cut where the pause is proves that the server has read what is before it.
  const cuts = oneIn(chance, 4) ? [] : pausedAt
  return { connections: [{ steps: [...steps, { do: 'await' } as const], cuts }], turns: [] }
}

/** Where a message of so many bytes comes in parts, ascending: two of them, or now and then, from a slow writer, several. */
function placesIn(chance: Random, length: number): number[] {
  if (length < 2) return []
  const count = oneIn(chance, 4) ? chance.nextInt(2, MOST_PARTS - 1) : 1
  // Near its beginning, where headers are, or anywhere.
  const most = Math.min(length - 1, oneIn(chance, 2) ? Math.max(6, count) : length)
  const places = Array.from({ length: count }, () => chance.nextInt(1, most))
  return [...new Set(places)].sort((a, b) => a - b)
}

/**
 * Whether the server ended the connection while it was silent: between two sends with a pause between them. Where an idle
 * time is stated, in milliseconds, that is its right when it is over, though a later byte of ours may have crossed the FIN.
 */
export function endedMeanwhile(transcript: Transcript | undefined, idleMs?: number): boolean {
  const events = transcript?.events ?? []
  const at = events.findIndex(({ did }) => did === 'got-fin' || did === 'got-rst')
  const end = events[at]
  if (end === undefined) return false
  const before = events.slice(0, at)
  if (idleMs !== undefined && longestSilence(before, end.at) >= TOO_EARLY * idleMs) return true
  const last = before.findLastIndex(({ did }) => did === 'sent')
  const next = events.findIndex(({ did }, index) => index > at && did === 'sent')
  return events.slice(last + 1, next === -1 ? undefined : next).some(({ did }) => did === 'paused')
}
