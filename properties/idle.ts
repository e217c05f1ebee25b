import { type Case, sentBytes } from '../src/harness/case.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { due } from '../src/harness/hear.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Event, Transcript } from '../src/harness/transcript.ts'
import { isIdleCase, makeIdleCase, silenceMs, silentBetweenBytes, silentFromTheConnect } from './idle-cases.ts'
import { inWords, judgeEach } from './judge.ts'
import { longestSilence, TOO_EARLY } from './longest-silence.ts'

/** Who has vanished does not keep a connection for ever, and who has not is not cut off. */
export const idle: Property = {
  id: 'any/idle',
  claim: 'A client is given up when it has said nothing for the idle time, and not before; each byte begins it anew.',
  source: 'the idle time that is stated (--idle); frame-protocol.md: no byte from the client for the idle time',
  level: 'must',
  notFor: ({ idleMs }) => (idleMs === undefined ? 'no idle time is stated (--idle)' : undefined),
  // Each takes twice the idle time and a second: seconds, or a minute.
  weight: 12,
  // A server with few workers gives a client its idle time when one of them is free: silent ones would wait for each other.
  oneAtATime: true,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeIdleCase(chance, protocol)),
  firsts: [silentBetweenBytes, silentFromTheConnect],
  // After a silence of another length it would be a matter of luck whether the server has come to end the connection.
  admits: (subject, { idleMs }) => idleMs !== undefined && isIdleCase(subject, idleMs),
  check: ([subject], [transcript], protocol) => {
    const { idleMs } = protocol
    if (subject === undefined || transcript === undefined) return { is: 'inconclusive', why: 'nothing was played' }
    if (idleMs === undefined || !isIdleCase(subject, idleMs))
      return { is: 'inconclusive', why: 'nobody is silent for an idle time that is stated' }
    return judgeSilence(subject, transcript, protocol, idleMs)
  },
}

/** By the times at which things happened, and not by the case: a pause of ours may be longer than it should. */
function judgeSilence(subject: Case, transcript: Transcript, protocol: Protocol, idleMs: number): Verdict {
  const { events, connections } = transcript
  const ending = connections[0]?.ending ?? 'open'
  if (ending === 'refused') return { is: 'inconclusive', why: inWords(ending) }
  const end = events.find(({ did }) => did === 'got-fin' || did === 'got-rst')
  const before = end === undefined ? events : events.slice(0, events.indexOf(end))
  if (outlasted(before, silenceMs(idleMs))) {
    const expected = `the connection is ended after ${idleMs} ms of silence`
    return { is: 'fail', rule: 'not-ended', expected, actual: `it is open after ${silenceMs(idleMs)} ms` }
  }
  // What a server says in farewell is not judged.
  const silentMs = end === undefined ? 0 : longestSilence(withoutUnheard(before, end.at, idleMs), end.at)
  if (silentMs >= TOO_EARLY * idleMs) return { is: 'pass' }
  if (end === undefined || !staysOpen(subject, transcript, protocol))
    return judgeEach(subject, transcript, protocol, 'answers')
  const expected = `the connection stays open for ${idleMs} ms of silence`
  const actual = `${inWords(ending)} after ${Math.round(silentMs)} ms at the most`
  return { is: 'fail', rule: 'too-early', expected, actual }
}

/** Of a silence so much must have been seen: a timer of ours may go off early, and a pause is made of many. */
const SEEN = 0.99

/**
 * Whether a client was silent for so long, and heard nothing either: the idle time does not run before all answers are
 * sent. A pause is written down when it is over. One that has waited for the connection, or for answers, in vain is not
 * idle yet.
 */
function outlasted(events: readonly Event[], ms: number): boolean {
  const isOwed = events.some((event) => event.did === 'waited' && event.for !== 'quiet')
  if (isOwed) return false
  return events.some((event, index) => {
    if (event.did !== 'paused' || event.ms < ms) return false
    const heardAt = events.slice(0, index).findLast(({ did }) => did === 'received')?.at
    return heardAt === undefined || event.at - heardAt >= SEEN * ms
  })
}

/** Of the idle time: what comes in the last of it before the end may be a farewell, and no answer. */
const FAREWELL = 0.2

/**
 * These events without the bytes of ours that the server may not have read by then, which cannot have begun its idle time
 * anew: those with no answer behind them, and no cut that is proven.
 */
function withoutUnheard(before: readonly Event[], endedAt: number, idleMs: number): readonly Event[] {
  const shows = (later: Event, to: number): boolean =>
    later.did === 'received'
      ? later.at <= endedAt - FAREWELL * idleMs
      : later.did === 'cut' && later.proof === 'proven' && later.offset >= to
  return before.filter(
    (event, index) => event.did !== 'sent' || before.slice(index + 1).some((later) => shows(later, event.to)),
  )
}

/** Whether nothing that was sent asks for an end; without a model that is known of nothing but silence. */
function staysOpen(subject: Case, transcript: Transcript, protocol: Protocol): boolean {
  const [script] = subject.connections
  const [account] = transcript.connections
  if (script === undefined || account === undefined) return false
  const sent = sentBytes(script).subarray(0, account.sent)
  return sent.length === 0 || due(protocol, sent, false)?.end === 'open'
}
