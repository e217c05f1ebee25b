// Whether a client was held up each time that a long message of another one was worked on, told from how long it waited
// for its answers. A machine with other things to do is late now and then, so that one late answer says nothing: neither
// beside a long message nor before or after it.

import { counted } from '../src/harness/counted.ts'
import type { Verdict } from '../src/harness/property.ts'
import type { Event } from '../src/harness/transcript.ts'

/** So many times a long message is said. */
export const ROUNDS = 3

/** Answers that are waited for one after the other: before the first long message, then beside each and after it. */
export const ROW = 3
export const ROWS = 2 * ROUNDS + 1

/**
 * Milliseconds that a client may wait in any case. A right server with one thread takes some for a message of 1 MiB, to
 * check and copy it, and some tens where it writes its answer in thousands of pieces.
 */
const LEAST_MS = 500
/** Beyond that it may wait so many times as long as before and after: a slow server is a right one. */
const TIMES = 20

/** How long one answer was waited for. */
interface Wait {
  readonly sent: number
  /** Milliseconds until something came; `undefined` where nothing did. */
  ms: number | undefined
  /** Why it was not waited for any longer, where that was so: nor is what is said after it. */
  givenUp: string | undefined
}

/** Judges how long the connection with the number `on` waited while so many `bytes` of another were worked on, each time. */
export function judgeHeldUp(on: number, events: readonly Event[], bytes: number): Verdict {
  const waits = waitsOf(on, events)
  // Whether it is held up, or slow by a timer of its own, is told when it is waited for to the end.
  if (waits.some(({ givenUp }) => givenUp === 'quiet' || givenUp === 'stuck')) return UNANSWERED
  const delays: Delay[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const delay = delayIn(waits.slice(2 * round * ROW))
    if (delay === undefined) return { is: 'pass' }
    delays.push(delay)
    // It was that late that what follows it was not waited for: there are no more rounds to be looked at.
    if (delay.isGivenUp) break
  }
  return heldUp(delays, bytes)
}

function waitsOf(on: number, events: readonly Event[]): Wait[] {
  const waits: Wait[] = []
  for (const event of events) {
    if (event.on !== on) continue
    if (event.did === 'sent') waits.push({ sent: event.at, ms: undefined, givenUp: undefined })
    if (event.did === 'received') for (const wait of waits) wait.ms ??= event.at - wait.sent
    const last = waits.at(-1)
    if (event.did === 'waited' && last !== undefined) last.givenUp = event.why
  }
  return waits
}

/** A round in which a client was held up, in milliseconds. */
interface Delay {
  readonly waited: number
  /** Before and after it. */
  readonly around: number
  /** Its deadline was over before the answer came. */
  readonly isGivenUp: boolean
}

/** `undefined` of a round in which it was not held up, or of which that cannot be told. */
function delayIn(waits: readonly Wait[]): Delay | undefined {
  const row = (at: number): readonly Wait[] => waits.slice(at * ROW, (at + 1) * ROW)
  const [before, beside] = [row(0), row(1)]
  // Whether it is answered at all is for other claims to tell.
  if (before.some(({ ms, givenUp }) => ms === undefined || givenUp !== undefined)) return undefined
  const isGivenUp = beside.some(({ givenUp }) => givenUp === 'deadline')
  const waited = Math.max(0, ...beside.map(({ ms }) => ms ?? 0))
  const around = secondLongest(isGivenUp ? before : [...before, ...row(2)])
  return waited >= LEAST_MS && waited >= TIMES * around ? { waited, around, isGivenUp } : undefined
}

/** In milliseconds: all of these but one were answered within it. */
function secondLongest(waits: readonly Wait[]): number {
  const [, second = 0] = waits.map(({ ms }) => ms ?? 0).toSorted((one, other) => other - one)
  return second
}

function heldUp(delays: readonly Delay[], bytes: number): Verdict {
  const least = Math.min(...delays.map(({ waited }) => waited))
  const around = Math.max(...delays.map(({ around }) => around))
  return {
    is: 'fail',
    rule: 'held-up',
    expected: `B waits less than ${LEAST_MS} ms, or ${TIMES} times as long as before and after, while ${counted(bytes, 'byte')} of A are worked on`,
    actual: `${Math.round(least)} ms and more, ${delays.length} of ${delays.length} times, and ${around.toFixed(2)} ms before and after`,
  }
}

const UNANSWERED: Verdict = {
  is: 'fail',
  rule: 'unanswered',
  expected: 'B gets its answers, one after the other',
  actual: 'silence, which was not waited for to its end',
}
