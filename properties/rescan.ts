import type { Random } from 'fast-check'
import { type Case, type Script, sentBytes } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeLongMessage } from '../src/harness/generate/long-message.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Account, Ending, Event } from '../src/harness/transcript.ts'
import { type Growth, growthOf } from './growth.ts'
import { ownTrouble } from './judge.ts'
import { onceFor } from './once-for.ts'
import { pipelined, waitsForAll } from './scripts.ts'

/** Bytes of the message, as many as the protocol allows: to go through fewer again and again takes hardly any time. */
const SIZES = [1_048_576, 524_288, 262_144]
const LEAST_SIZE = 262_144

/** It comes in so many, all as long. Each costs a server that polls one of its periods. */
const SEGMENTS = 1_024

/** Where the claim is broken, the last segments of a message cost so many times as much as the first, and all of them… */
const TIMES = 3
/** …so many milliseconds more than if each were like the first: a server may count its segments anew with each. */
const EXCESS_MS = 100
/** A line must explain so much of it (`Growth.straightness`): what grows with what has come before is no step. */
const STRAIGHT = 0.85

/** What has come of a message is not gone through again with all that comes. */
export const rescan: Property = {
  id: 'any/rescan',
  claim: 'A long message in a thousand segments takes time in proportion to its length, not to the square of it.',
  source:
    'CWE-407, as in CVE-2023-52425: what has come of a message is joined, or searched, anew with each segment of it',
  // No document says how fast a server is, and who knows how long its messages are may not mind.
  level: 'should',
  notFor: cannotBeLong,
  // A thousand segments, each read before the next: as much as hundreds of conversations.
  weight: 150,
  looksAt: 'reads',
  // The time that others take of the server would be told of it.
  oneAtATime: true,
  timed: true,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  // In fewer bytes, or fewer segments, there is less to go through again: what is near to the limit fails now and then.
  admits: ({ connections }) => connections.every((script) => waitsForAll(script) && isTornEvenly(script)),
  check: (_, [transcript]) => {
    const account = transcript?.connections[0]
    if (transcript === undefined || account === undefined) return { is: 'inconclusive', why: 'nothing was played' }
    const trouble = ownTrouble(transcript.connections)
    return trouble === undefined ? judged(account, transcript.events) : { is: 'inconclusive', why: trouble }
  },
}

function makeCase(chance: Random, protocol: Protocol): Case {
  const message = makeLongMessage(chance, protocol, SIZES) ?? longExample(protocol)
  if (message === undefined) throw new TypeError(`protocol ${protocol.name} has no long messages: ask notFor first`)
  return { connections: [{ steps: pipelined([message]), cuts: evenly(message.length) }], turns: [] }
}

/** Where so many bytes are torn for all segments to be as long. */
function evenly(length: number): number[] {
  return Array.from({ length: SEGMENTS - 1 }, (_, at) => Math.floor(((at + 1) * length) / SEGMENTS))
}

function isTornEvenly(script: Script): boolean {
  if (script.cuts.length !== SEGMENTS - 1) return false
  const { length } = sentBytes(script)
  if (length < LEAST_SIZE) return false
  const places = evenly(length)
  return script.cuts.every((cut, at) => cut === places[at])
}

/** Why no message of this protocol shows how its length tells. */
function cannotBeLong(protocol: Protocol): string | undefined {
  if (protocol.codec.counts === 'bytes') return `in protocol ${protocol.name} every byte is a message`
  return hasLong(protocol)
    ? undefined
    : `the messages of protocol ${protocol.name} cannot be made ${LEAST_SIZE} bytes long`
}

const hasLong = onceFor((protocol) => longExample(protocol) !== undefined)

function longExample(protocol: Protocol): Uint8Array | undefined {
  return makeLongMessage(chanceFor(0, 'rescan', 0), protocol, SIZES)
}

/** These have ended the connection: how long a message a server takes is its own affair. */
const OVER: ReadonlySet<Ending> = new Set(['fin', 'reset', 'refused'])

function judged({ cuts, ending }: Account, events: readonly Event[]): Verdict {
  const times = segmentTimes(events)
  const growth = growthOf(times)
  if (growth !== undefined && isQuadratic(growth)) return quadratic(growth, times.length)
  // All segments of a slow server may take too long to be waited for, and a busy machine may be late with one, after which
  // none is waited for: those that were are enough, where they are many, and the server answered all the same.
  const isMost = times.length >= SEGMENTS / 2 && ending !== 'timeout'
  const isOutOfTime = growth !== undefined && events.some(saysOutOfTime)
  const isEnough = cuts.proven === cuts.requested || isMost || isOutOfTime
  if (isEnough || OVER.has(ending)) return { is: 'pass' }
  return { is: 'inconclusive', why: `${cuts.proven} of ${cuts.requested} segments are known to have been read` }
}

/**
 * Milliseconds from each proven cut to the next, up to the first that is not. A server that has read one segment reads the
 * next when it is done with it, so that this is what a segment costs, in any server that works where it reads.
 */
function segmentTimes(events: readonly Event[]): number[] {
  const cuts = events.flatMap((event) => (event.did === 'cut' && event.on === 0 ? [event] : []))
  const end = cuts.findIndex(({ proof }) => proof === 'unproven')
  const proven = (end === -1 ? cuts : cuts.slice(0, end)).map(({ at }) => at)
  return proven.slice(1).map((at, before) => at - (proven[before] ?? at))
}

function isQuadratic({ first, last, excess, straightness }: Growth): boolean {
  return last >= TIMES * first && excess >= EXCESS_MS && straightness >= STRAIGHT
}

function quadratic({ first, last, excess }: Growth, count: number): Verdict {
  return {
    is: 'fail',
    rule: 'quadratic',
    expected: `the last of ${count} segments take less than ${TIMES} times as long as the first`,
    actual: `${last.toFixed(2)} ms each, after ${first.toFixed(2)} ms at first: ${Math.round(excess)} ms more in all`,
  }
}

/** That no more cuts were waited for (cut-proof.ts). */
function saysOutOfTime(event: Event): boolean {
  return event.did === 'waited' && event.for === 'cuts'
}
