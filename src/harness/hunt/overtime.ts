// One case may take longer than all the time that its property has: hundreds of answers of a slow server, one after the
// other. What is under way when the time is over goes on for as long as one answer may take; then it is left, and counts
// for nothing. But the first case has a minute more, and where an idle time is stated some of these, for nothing tried is
// nothing known.

import { type Patience, TIME_OVER } from '../patience.ts'
import type { Trial } from '../trial.ts'
import type { Run } from './run.ts'

/** Milliseconds that the first case may go on beyond the time. */
const FIRST_CASE_MS = 60_000
/** A case is silent for so many idle times at the most. */
const IDLE_TIMES = 3

/** The patience of a run for trying cases until its clock shows `until` (milliseconds), and not much longer once one `wasTried`. */
export function withinTime({ patience, table, protocol }: Run, until: number, wasTried: () => boolean): Patience {
  const { trying } = patience
  const firstMs = FIRST_CASE_MS + IDLE_TIMES * (protocol.idleMs ?? 0)
  return {
    ...trying,
    spent: () => table.now() > until + (wasTried() ? trying.idleMs : firstMs),
  }
}

/** Whether a trial was left before its end. One that had failed by then counts all the same. */
export function wasLeft({ verdict, transcripts }: Trial): boolean {
  if (verdict.is === 'fail') return false
  return transcripts.some(({ connections }) => connections.some(({ gaveUp }) => gaveUp === TIME_OVER))
}
