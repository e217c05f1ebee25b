// A client that comes when a case is over: whatever was said before, it must be answered. It sends the same datagram again
// until it is, so that a network which loses some cannot be mistaken for a server that is mute.

import type { Case } from '../../src/harness/case.ts'
import { counted } from '../../src/harness/counted.ts'
import type { Failure, Verdict } from '../../src/harness/property.ts'
import type { Transcript } from '../../src/harness/transcript.ts'
import { inWords, ownTrouble } from '../judge.ts'
import { TIMES } from './datagrams.ts'
import { firstForeign } from './foreign.ts'

/** One client that insists on an answer. */
export const FRESH_CLIENT: Case = {
  connections: [{ steps: [{ do: 'insist', bytes: Buffer.from('are you there?'), times: TIMES }], cuts: [] }],
  turns: [],
}

/** The case, and then a fresh client. */
export function thenFresh(subject: Case): readonly Case[] {
  return [subject, FRESH_CLIENT]
}

/** Judges these plays, one after another: what `judge` says of the case, what came back, and whether the fresh client was answered. */
export function judgeThenFresh(plays: readonly Case[], transcripts: readonly Transcript[]): Verdict {
  const [subject, fresh] = plays
  const [transcript, after] = transcripts
  if (subject === undefined || transcript === undefined) return { is: 'inconclusive', why: 'nothing was played' }
  const accounts = transcripts.flatMap(({ connections }) => connections)
  const failure =
    firstForeign(subject, transcript) ??
    mute(subject, transcript, 'mute') ??
    (fresh && after && (firstForeign(fresh, after) ?? mute(fresh, after, 'mute-afterwards')))
  const why = ownTrouble(accounts)
  if (failure !== undefined) return failure
  return why === undefined ? { is: 'pass' } : { is: 'inconclusive', why }
}

/** A client that insisted on an answer and got none. */
function mute({ connections }: Case, transcript: Transcript, rule: string): Failure | undefined {
  for (const [on, { steps }] of connections.entries()) {
    const ending = transcript.connections[on]?.ending
    if (ending !== 'timeout' && ending !== 'refused') continue
    if (!steps.some((step) => step.do === 'insist')) continue
    const { size, times } = lastTried(transcript, on)
    const expected = `an answer to a datagram of ${counted(size, 'byte')}, sent ${counted(times, 'time')}`
    return { is: 'fail', rule, expected, actual: ending === 'refused' ? CLOSED : inWords(ending) }
  }
  return undefined
}

const CLOSED = 'nobody has that port (ICMP port unreachable)'

/** What this client had sent, again and again, when it gave up. */
function lastTried({ events }: Transcript, on: number): { size: number; times: number } {
  const own = events.filter((event) => event.on === on)
  const gaveUp = own.findIndex((event) => event.did === 'waited' && event.why === 'deadline')
  const sent = (gaveUp === -1 ? own : own.slice(0, gaveUp)).filter((event) => event.did === 'sent')
  const last = sent.at(-1)
  if (last === undefined) return { size: 0, times: 0 }
  return {
    size: last.to - last.from,
    times: sent.filter(({ from, to }) => from === last.from && to === last.to).length,
  }
}
