import type { Random } from 'fast-check'
import { type Case, type Step, sentBytes } from '../src/harness/case.ts'
import { pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { due } from '../src/harness/hear.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Event, Transcript } from '../src/harness/transcript.ts'
import { inWords, judgeEach } from './judge.ts'
import { lockstep } from './scripts.ts'
import { shortest } from './shortest.ts'

/** Of the idle time: an end is too early after less than the one, and a silence is short that lasts for the other. */
const TOO_EARLY = 0.9
const SHORT = 0.6

/** Messages drawn, of which the shortest are said. */
const DRAWS = 20

/** Who has vanished does not keep a connection for ever, and who has not is not cut off. */
export const idle: Property = {
  id: 'any/idle',
  claim: 'A client is given up when it has said nothing for the idle time, and not before; each byte begins it anew.',
  source: 'the idle time that is stated (--idle); frame-protocol.md: no byte from the client for the idle time',
  level: 'must',
  notFor: ({ idleMs }) => (idleMs === undefined ? 'no idle time is stated (--idle)' : undefined),
  // Each takes twice the idle time and a second: seconds, or a minute.
  weight: 25,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  // After a silence of another length it would be a matter of luck whether the server has come to end the connection.
  admits: (subject, { idleMs }) => idleMs !== undefined && speaksOf(subject, idleMs),
  check: ([subject], [transcript], protocol) => {
    const { idleMs } = protocol
    if (subject === undefined || transcript === undefined) return { is: 'inconclusive', why: 'nothing was played' }
    if (idleMs === undefined || !speaksOf(subject, idleMs))
      return { is: 'inconclusive', why: 'nobody is silent for an idle time that is stated' }
    return judgeSilence(subject, transcript, protocol, idleMs)
  },
}

/** By the times at which things happened, and not by the case: a pause of ours may be longer than it should. */
function judgeSilence(subject: Case, transcript: Transcript, protocol: Protocol, idleMs: number): Verdict {
  const { events, connections } = transcript
  const end = events.find(({ did }) => did === 'got-fin' || did === 'got-rst')
  const before = end === undefined ? events : events.slice(0, events.indexOf(end))
  if (outlasted(before, silenceMs(idleMs))) {
    const expected = `the connection is ended after ${idleMs} ms of silence`
    return { is: 'fail', rule: 'not-ended', expected, actual: `it is open after ${silenceMs(idleMs)} ms` }
  }
  // What a server says in farewell is not judged.
  const silentMs = end === undefined ? 0 : longestSilence(before, end.at)
  if (silentMs >= TOO_EARLY * idleMs) return { is: 'pass' }
  if (end === undefined || !staysOpen(subject, transcript, protocol))
    return judgeEach(subject, transcript, protocol, 'answers')
  const expected = `the connection stays open for ${idleMs} ms of silence`
  const ending = inWords(connections[0]?.ending ?? 'open')
  return { is: 'fail', rule: 'too-early', expected, actual: `${ending} after ${Math.round(silentMs)} ms at the most` }
}

/** Milliseconds after which a client must be given up: frame-protocol.md allows for twice the time and a second. */
function silenceMs(idleMs: number): number {
  return 2 * idleMs + 1_000
}

/** Milliseconds after which it must not. */
function shortMs(idleMs: number): number {
  return Math.round(SHORT * idleMs)
}

function makeCase(chance: Random, protocol: Protocol): Case {
  const { idleMs } = protocol
  if (idleMs === undefined) throw new TypeError(`ask notFor of protocol ${protocol.name} first`)
  const messages = shortest(chance, protocol, DRAWS)
  const [message] = messages
  const part = message.subarray(0, chance.nextInt(1, Math.max(1, message.length - 1)))
  const silence: Step = { do: 'pause', ms: silenceMs(idleMs) }
  const steps = pick<readonly Step[]>(chance, [
    [silence],
    [...lockstep([message]), silence],
    [{ do: 'send', bytes: part }, silence],
    neverSilentForLong(messages, idleMs),
  ])
  return { connections: [{ steps, cuts: [] }], turns: [] }
}

/** It takes no less time than the others: where that is short, only cases count that are over when the first one is. */
function neverSilentForLong(messages: readonly Uint8Array[], idleMs: number): Step[] {
  const pauses = Math.ceil(silenceMs(idleMs) / shortMs(idleMs))
  const said = Array.from({ length: pauses + 1 }, (_, at) => messages[at % messages.length] as Uint8Array)
  const pause: Step = { do: 'pause', ms: shortMs(idleMs) }
  return said.flatMap((message, at) => [...(at === 0 ? [] : [pause]), ...lockstep([message])])
}

/** Whether this is one client that is silent, each time for as long as this claim speaks of. */
function speaksOf({ connections }: Case, idleMs: number): boolean {
  const pauses = connections.flatMap(({ steps }) => steps.flatMap((step) => (step.do === 'pause' ? [step.ms] : [])))
  const lengths = [shortMs(idleMs), silenceMs(idleMs)]
  return connections.length === 1 && pauses.length > 0 && pauses.every((ms) => lengths.includes(ms))
}

/**
 * Whether a client was silent for so long; a pause is written down when it is over. One that has waited for the connection,
 * or for answers, in vain is not idle yet.
 */
function outlasted(events: readonly Event[], ms: number): boolean {
  const isOwed = events.some((event) => event.did === 'waited' && event.for !== 'quiet')
  return !isOwed && events.some((event) => event.did === 'paused' && event.ms >= ms)
}

/**
 * Milliseconds of our longest silence before an end that came at `endedAt`. It need not be the last one, for the byte
 * behind it may have come too late. A server may see a connection before we do, but not before the play began.
 */
function longestSilence(events: readonly Event[], endedAt: number): number {
  const times = [0, ...events.flatMap(({ did, at }) => (did === 'sent' ? [at] : [])), endedAt]
  return Math.max(...times.slice(1).map((at, index) => at - (times[index] as number)))
}

/** Whether nothing that was sent asks for an end; without a model that is known of nothing but silence. */
function staysOpen(subject: Case, transcript: Transcript, protocol: Protocol): boolean {
  const [script] = subject.connections
  const [account] = transcript.connections
  if (script === undefined || account === undefined) return false
  const sent = sentBytes(script).subarray(0, account.sent)
  return sent.length === 0 || due(protocol, sent, false)?.end === 'open'
}
