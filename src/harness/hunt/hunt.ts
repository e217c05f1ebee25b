// One property, from the first case to the report: explore, isolate, shrink, confirm, write down.

import { unhurried } from '../patience.ts'
import { casesOf, type Property } from '../property.ts'
import type { Trial } from '../trial.ts'
import { brokenBy } from './broken.ts'
import { type Earlier, explanation } from './explained.ts'
import { ENOUGH_EXPLAINED, explore } from './explore.ts'
import { add, type Explored, NOTHING_EXPLORED } from './explored.ts'
import { DOUBTS, type Doubt, type Effort, failedOnce, type Hunted, type SoFar, unfailed } from './hunted.ts'
import { isolate, together } from './isolate.ts'
import { bearsMarks, lasts, worksOn } from './lasting.ts'
import { deathBy, suspectsOf } from './past.ts'
import { progressTeller } from './progress.ts'
import { pursue } from './pursue.ts'
import type { Run } from './run.ts'
import { lastingTrouble, stuckAfter } from './stuck.ts'

/** Tries one property until the run's clock shows `until` (milliseconds), from the beginning or from where it was left. */
export async function hunt(
  property: Property,
  run: Run,
  until: number,
  earlier: readonly Earlier[],
  soFar?: SoFar,
): Promise<Hunted> {
  const asked = run.table.now()
  // What earlier claims' cases have done is not to be told of this one's, nor to hide it. That takes none of its time.
  if (run.target.restart !== undefined && ((await bearsMarks(property, run)) || (await worksOn(run))))
    await run.target.restart()
  const began = run.table.now()
  const when = { began: began - (soFar?.tookMs ?? 0), until: until + began - asked }
  return huntFrom(property, run, when, earlier, soFar)
}

async function huntFrom(
  property: Property,
  run: Run,
  { began, until }: { readonly began: number; readonly until: number },
  earlier: readonly Earlier[],
  soFar?: SoFar,
): Promise<Hunted> {
  let sum = soFar?.sum ?? NOTHING_EXPLORED
  const doubts = [...(soFar?.doubts ?? [])]
  // A failure seen among others in flight may be a silence believed too early: one that an earlier claim would explain
  // must fail alone first. From then on those like it are only counted.
  const excuses: Earlier[] = []
  let current = { ...asHeavy(property, run), ...soFar?.pace }
  const tell = progressTeller(property.id, current, until, sum.cases)
  while (doubts.length < DOUBTS && sum.explained.count < ENOUGH_EXPLAINED) {
    const before = sum
    const explored = await explore(property, current, sum.cases, until, excuses, (now) =>
      tell('trying', add(before, now)),
    )
    sum = add(before, explored)
    const failed = explored.failed ?? (explored.cases === 0 ? undefined : await deathBy(property, run, sum.cases))
    if (failed === undefined) break
    tell('confirming', sum)
    const exit = await run.target.died()
    if (await lasts(property, run, failed.trial)) return unconfirmed(property, current, failed.trial, { sum, began })
    const stuck = exit === undefined ? await stuckAfter(run, failed.trial) : undefined
    const broken = (trouble: string): Promise<Hunted> => {
      const { result } = unfailed(property, run, { sum, began }, doubts)
      return brokenBy(property, current, result, trouble, suspectsOf(property, run, failed))
    }
    if (stuck !== undefined && run.target.restart === undefined) return broken(stuck)
    const claim = stuck === undefined ? property : { ...property, onFresh: true as const }
    const isolated = await isolate(claim, current, failed)
    if (isolated.is === 'found') {
      const { lingersMs } = isolated
      const known = explanation(isolated.trial, earlier, run.protocol)
      const watching = lingersMs === undefined ? current : { ...current, lingersMs }
      const hunted = known === undefined ? await pursue(claim, watching, { sum, began }, isolated) : undefined
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
    // What is given back late hides what was played again: it was still there when that began, and is over now.
    if (run.interrupted.aborted || (await lasts(property, run, failed.trial)))
      return unconfirmed(property, current, failed.trial, { sum, began })
    // Where a case has broken the server for good, a witness fails alone too, and nothing that is played now can tell.
    const trouble = stuck ?? (await lastingTrouble(run))
    if (trouble !== undefined) return broken(trouble)
    if (exit === undefined && current.patience.trying.quiet !== undefined && wasHurried(failed.trial)) {
      // Perhaps a silence was believed too early: from now on every deadline is waited for.
      current = { ...current, patience: unhurried(current.patience) }
      continue
    }
    doubts.push(doubtOf(failed.trial, exit, property.timed === true && isolated.is === 'vanished'))
    // From now on one at a time: what fails next has nobody else to blame.
    current = { ...current, concurrency: 1 }
  }
  const hunted = unfailed(property, run, { sum, began }, doubts)
  if (doubts.length === DOUBTS || sum.explained.count >= ENOUGH_EXPLAINED) return hunted
  const { concurrency, patience } = current
  const tookMs = run.table.now() - began
  return { ...hunted, soFar: { sum, doubts, pace: { concurrency, patience }, tookMs } }
}

/** Cases that cost more: as many fewer of them, and one at a time where many plays or clients make one. */
function asHeavy(property: Property, run: Run): Run {
  const isAlone = property.series !== undefined || property.oneAtATime === true
  return { ...run, runs: casesOf(property, run.runs), concurrency: isAlone ? 1 : run.concurrency }
}

/** It failed because a server that seemed quiet, or stuck, was not waited for to the end. */
function wasHurried({ transcripts }: Trial): boolean {
  return transcripts.some(({ events }) =>
    events.some((event) => event.did === 'waited' && (event.why === 'quiet' || event.why === 'stuck')),
  )
}

function doubtOf({ verdict }: Trial, exit: string | undefined, wasSlow: boolean): Doubt {
  if (verdict.is !== 'fail') return { what: '', isOfTime: false }
  const what = `expected ${verdict.expected}; got ${exit === undefined ? verdict.actual : `the server ${exit}`}`
  return { what, isOfTime: wasSlow && exit === undefined }
}

/** The server died and cannot be started again: all that was in flight goes into the report. */
function serverGone(property: Property, run: Run, failed: NonNullable<Explored['failed']>, effort: Effort): Hunted {
  const { index, trial, beside } = failed
  const subject = beside.length === 0 ? trial.subject : together({ index, subject: trial.subject }, beside)
  const failure = {
    is: 'fail',
    rule: trial.verdict.is === 'fail' ? trial.verdict.rule : 'gone',
    expected: 'a server that goes on accepting connections',
    actual: `the server accepts no connections any more; ${whyGone(run)}`,
  } as const
  const hunted = failedOnce(property, run, effort, { subject, failure, trial })
  return { ...hunted, result: { ...hunted.result, level: 'must' } }
}

function whyGone({ target }: Run): string {
  if (target.restart === undefined) return '--exec lets tornwire restart it, shrink the case and confirm it'
  return `it could not be started again: ${(target.trouble?.() ?? 'nobody knows why').replaceAll(/\s+/g, ' ')}`
}

/** The case could not be played again (we were interrupted, or it would tell nothing): it is told as it was seen. */
function unconfirmed(property: Property, run: Run, trial: Trial, effort: Effort): Hunted {
  if (trial.verdict.is !== 'fail')
    throw new TypeError(`a trial that failed is expected, not one that is ${trial.verdict.is}`)
  return failedOnce(property, run, effort, { subject: trial.subject, failure: trial.verdict, trial })
}
