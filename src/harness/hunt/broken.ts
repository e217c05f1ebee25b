// The server that spoke plainly before the cases of a property does so no longer, although every case passed, or none that
// failed failed again alone. One of the last cases has broken it: each is played on a fresh server, where that can be had.
// Else, or where none does it alone, the report holds them all.

import type { Failure, Property } from '../property.ts'
import type { PropertyResult } from '../result.ts'
import { unjudged } from '../trial.ts'
import { MUTE, muteFailure, tryBetweenTalks } from './alone.ts'
import type { Numbered } from './explored.ts'
import { type Effort, failedOnce, type Hunted } from './hunted.ts'
import { together } from './isolate.ts'
import type { Failing } from './minimise.ts'
import { casesBefore, SUSPECTS_WITHIN_MS } from './past.ts'
import { pursue } from './pursue.ts'
import type { Run } from './run.ts'

/** The failure of a property whose cases have left the server in this trouble; by default the last of them are suspects. */
export async function brokenBy(
  property: Property,
  run: Run,
  passed: PropertyResult,
  trouble: string,
  suspects = casesBefore(property, run, passed.cases),
): Promise<Hunted> {
  const { cases, conversations, cuts, durationMs } = passed
  const sum = { cases, conversations, cuts, explained: { count: 0 }, unjudged: { count: 0 } }
  const effort: Effort = { sum, began: run.table.now() - durationMs }
  const culprit = await firstThatBreaks(property, run, suspects)
  const hunted = culprit && (await pursue(property, run, effort, culprit))
  if (hunted !== undefined) return hunted
  const [last, ...others] = suspects
  if (last === undefined) return { result: { ...passed, verdict: 'error', why: trouble } }
  const subject = others.length === 0 ? last.subject : together(last, others.toReversed())
  const failure = { ...muteFailure(trouble), actual: `${trouble} (after ${cases} cases, of which these are the last)` }
  return failedOnce(property, run, effort, { subject, failure, trial: unjudged(subject, trouble) })
}

async function firstThatBreaks(
  property: Property,
  run: Run,
  suspects: readonly Numbered[],
): Promise<Failing | undefined> {
  const until = run.table.now() + SUSPECTS_WITHIN_MS
  for (const { subject } of run.target.restart === undefined ? [] : suspects) {
    if (run.table.now() > until) return undefined
    const trial = run.interrupted.aborted ? 'gone' : await tryBetweenTalks(property, run, subject, run.patience.full)
    if (trial === 'gone') return undefined
    if (trial.verdict.is === 'fail' && trial.verdict.rule === MUTE) {
      return { subject, failure: trial.verdict satisfies Failure, trial }
    }
  }
  return undefined
}
