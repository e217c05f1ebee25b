// A case may leave the server stuck for good: it spins, or waits for what never comes, and answers nobody any more. Whatever
// is played then fails by silence too, down to the smallest case that there is, and would be blamed in place of that one.

import { plainTrouble } from '../plain-talk.ts'
import { type Trial, wentUnanswered } from '../trial.ts'
import type { Run } from './run.ts'

/** Why the server cannot hold a plain conversation, nor another one after it. */
export async function lastingTrouble(run: Run): Promise<string | undefined> {
  return (await plainTrouble(run)) === undefined ? undefined : plainTrouble(run)
}

/** The same after a case in which something was waited for in vain; any other shows a server that still answers. */
export async function stuckAfter(run: Run, failed: Trial): Promise<string | undefined> {
  // One that is gone is not stuck: to isolate the case says so.
  if (!wentUnanswered(failed) || (await run.target.ready()) === 'gone') return undefined
  if (run.target.restart === undefined) return lastingTrouble(run)
  // Where a fresh one is to be had, to be wrong costs no more than that; to wait for one that works, ten times its deadline.
  const { atWork: _, ...brief } = run.patience.full
  return plainTrouble({ ...run, patience: { ...run.patience, full: brief } })
}
