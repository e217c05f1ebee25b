// One property, from the first case to the report: explore, isolate, shrink, confirm, write down.

import { BUSY } from '../idle-cpu.ts'
import { unhurried } from '../patience.ts'
import { plainTrouble } from '../plain-talk.ts'
import type { Property } from '../property.ts'
import type { Trial } from '../trial.ts'
import { CRASH } from './alone.ts'
import { brokenBy } from './broken.ts'
import { type Earlier, explanation } from './explained.ts'
import { ENOUGH_EXPLAINED, explore } from './explore.ts'
import { add, type Explored, NOTHING_EXPLORED, type Numbered } from './explored.ts'
import { type Effort, failedOnce, type Hunted, unfailed } from './hunted.ts'
import { isolate, together } from './isolate.ts'
import { casesBefore, deathBy } from './past.ts'
import { progressTeller } from './progress.ts'
import { pursue } from './pursue.ts'
import type { Run } from './run.ts'

/** Failures that did not come again when their cases were played alone, before the property is called inconclusive. */
const DOUBTS = 3

/** Tries one property until the run's clock shows `until` (milliseconds). */
export async function hunt(property: Property, run: Run, until: number, earlier: readonly Earlier[]): Promise<Hunted> {
  const asked = run.table.now()
  // What earlier claims' cases have begun is not to be told of this one's. It takes nothing of the time for trying.
  if (property.onFresh && run.target.restart !== undefined && (await isBusy(run))) await run.target.restart()
  const began = run.table.now()
  return huntFrom(property, run, { began, until: until + began - asked }, earlier)
}

async function huntFrom(
  property: Property,
  run: Run,
  { began, until }: { readonly began: number; readonly until: number },
  earlier: readonly Earlier[],
): Promise<Hunted> {
  let sum = NOTHING_EXPLORED
  const doubts: string[] = []
  // A failure seen among others in flight may be a silence believed too early: one that an earlier claim would explain
  // must fail alone first. From then on those like it are only counted.
  const excuses: Earlier[] = []
  let current = asHeavy(property, run)
  const tell = progressTeller(property.id, current, until)
  while (doubts.length < DOUBTS && sum.explained.count < ENOUGH_EXPLAINED) {
    const before = sum
    const explored = await explore(property, current, sum.cases, until, excuses, (now) =>
      tell('trying', add(before, now)),
    )
    sum = add(before, explored)
    const failed = explored.failed ?? (await deathBy(property, run, sum.cases))
    if (failed === undefined) break
    tell('confirming', sum)
    const exit = await run.target.died()
    if (await spinsOn(property, run, failed.trial)) return unconfirmed(property, current, failed.trial, { sum, began })
    const isolated = await isolate(property, current, failed)
    if (isolated.is === 'found') {
      const known = explanation(isolated.trial, earlier, run.protocol)
      const hunted = known === undefined ? await pursue(property, current, { sum, began }, isolated) : undefined
      if (hunted !== undefined) return hunted
      if (known !== undefined) {
        excuses.push(known)
        sum = { ...sum, explained: { count: sum.explained.count + 1, by: sum.explained.by ?? known } }
        continue
      }
    }
    if (isolated.is === 'crowded') {
      current = { ...current, concurrency: 1 }
      continue
    }
    if (isolated.is === 'gone') return serverGone(property, current, failed, { sum, began })
    if (run.interrupted.aborted) return unconfirmed(property, current, failed.trial, { sum, began })
    // Where a case has broken the server for good, a witness fails alone too, and nothing that is played now can tell.
    const trouble = await lastingTrouble(run)
    if (trouble !== undefined) {
      const { result } = unfailed(property, run, { sum, began }, doubts)
      return brokenBy(property, current, result, trouble, suspectsOf(property, run, failed))
    }
    if (exit === undefined && current.patience.trying.quiet !== undefined && wasHurried(failed.trial)) {
      // Perhaps a silence was believed too early: from now on every deadline is waited for.
      current = { ...current, patience: unhurried(current.patience) }
      continue
    }
    doubts.push(doubtOf(failed.trial, exit))
    // From now on one at a time: what fails next has nobody else to blame.
    current = { ...current, concurrency: 1 }
  }
  return unfailed(property, run, { sum, began }, doubts)
}

/** Cases that cost more: as many fewer of them, and one at a time where many plays or clients make one. */
function asHeavy({ series, weight = 1, oneAtATime }: Property, run: Run): Run {
  const plays = series?.reduce((total, times) => total + times, 0) ?? 1
  const runs = Math.min(run.runs, Math.max(1, Math.round(run.runs / (plays * weight))))
  const isAlone = series !== undefined || oneAtATime === true
  return { ...run, runs, concurrency: isAlone ? 1 : run.concurrency }
}

/** Why the server cannot hold a plain conversation, nor another one after it. */
async function lastingTrouble(run: Run): Promise<string | undefined> {
  return (await plainTrouble(run)) === undefined ? undefined : plainTrouble(run)
}

/** The case that failed, those that were in flight with it, and those before it. */
function suspectsOf(
  property: Property,
  run: Run,
  { index, trial, beside }: NonNullable<Explored['failed']>,
): Numbered[] {
  const seen = [{ index, subject: trial.subject }, ...beside]
  const before = casesBefore(property, run, index).filter((one) => !seen.some((other) => other.index === one.index))
  return [...seen, ...before]
}

/** It failed because a server that seemed quiet, or stuck, was not waited for to the end. */
function wasHurried({ transcripts }: Trial): boolean {
  return transcripts.some(({ events }) =>
    events.some((event) => event.did === 'waited' && (event.why === 'quiet' || event.why === 'stuck')),
  )
}

function doubtOf({ verdict }: Trial, exit: string | undefined): string {
  if (verdict.is !== 'fail') return ''
  return `expected ${verdict.expected}; got ${exit === undefined ? verdict.actual : `the server ${exit}`}`
}

/** The server died and is not ours to start again: all that was in flight goes into the report. */
function serverGone(property: Property, run: Run, failed: NonNullable<Explored['failed']>, effort: Effort): Hunted {
  const { index, trial, beside } = failed
  const subject = beside.length === 0 ? trial.subject : together({ index, subject: trial.subject }, beside)
  const failure = {
    is: 'fail',
    rule: trial.verdict.is === 'fail' ? trial.verdict.rule : 'gone',
    expected: 'a server that goes on accepting connections',
    actual:
      'the server accepts no connections any more; --exec lets tornwire restart it, shrink the case and confirm it',
  } as const
  const hunted = failedOnce(property, run, effort, { subject, failure, trial })
  return { ...hunted, result: { ...hunted.result, level: 'must' } }
}

/**
 * Whether the server spins on, and no fresh one is to be had: every case would fail from now on, and which one began it
 * cannot be told.
 */
async function spinsOn({ onFresh, looksAt }: Property, run: Run, { verdict }: Trial): Promise<boolean> {
  if (!onFresh || looksAt !== 'cpu' || run.target.restart !== undefined) return false
  return verdict.is === 'fail' && verdict.rule !== CRASH && (await isBusy(run))
}

async function isBusy({ table }: Run): Promise<boolean> {
  return ((await table.idleCpu?.())?.now ?? 0) >= BUSY
}

/** The case could not be played again (we were interrupted, or it would tell nothing): it is told as it was seen. */
function unconfirmed(property: Property, run: Run, trial: Trial, effort: Effort): Hunted {
  if (trial.verdict.is !== 'fail')
    throw new TypeError(`a trial that failed is expected, not one that is ${trial.verdict.is}`)
  return failedOnce(property, run, effort, { subject: trial.subject, failure: trial.verdict, trial })
}
