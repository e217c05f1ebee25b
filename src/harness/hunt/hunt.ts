// One property, from the first case to the report: explore, isolate, shrink, confirm, write down.

import { caseSize } from '../case.ts'
import { unhurried } from '../patience.ts'
import type { Property } from '../property.ts'
import type { Report } from '../report.ts'
import { openReport, type ReportFile } from '../report-file.ts'
import type { Confirmation, FailureResult, PropertyResult } from '../result.ts'
import type { Trial } from '../trial.ts'
import { type Confirmed, confirm } from './confirm.ts'
import { type Earlier, explanation } from './explained.ts'
import { type Explored, explore } from './explore.ts'
import { isolate, together } from './isolate.ts'
import { type Failing, minimise } from './minimise.ts'
import { deathBy } from './past.ts'
import { progressTeller } from './progress.ts'
import type { Run } from './run.ts'

/** Plays with full deadlines before a failure is reported. */
const CONFIRMATIONS = 5
/** Failures that did not come again when their cases were played alone, before the property is called inconclusive. */
const DOUBTS = 3

/** What was found of one property, and the report to show with it. */
export interface Hunted {
  readonly result: PropertyResult
  readonly report?: Report
  /** Why the report could not be written, if so. */
  readonly problem?: string
}

/** Tries one property until the run's clock shows `until` (milliseconds). */
export async function hunt(property: Property, run: Run, until: number, earlier: readonly Earlier[]): Promise<Hunted> {
  const began = run.table.now()
  const tell = progressTeller(property.id, run, until)
  let sum: Explored = {
    cases: 0,
    conversations: 0,
    cuts: { requested: 0, proven: 0 },
    explained: { count: 0 },
    unjudged: { count: 0 },
  }
  const doubts: string[] = []
  // A failure seen among others in flight may be a silence believed too early: one that an earlier claim would explain
  // must fail alone first. From then on those like it are only counted.
  const excuses: Earlier[] = []
  let current = run
  while (doubts.length < DOUBTS) {
    const before = sum
    const explored = await explore(property, current, sum.cases, until, excuses, (now) =>
      tell('trying', add(before, now)),
    )
    sum = add(before, explored)
    const failed = explored.failed ?? (await deathBy(property, run, sum.cases))
    if (failed === undefined) break
    tell('confirming', sum)
    const exit = await run.target.died()
    const isolated = await isolate(property, current, failed)
    if (isolated.is === 'found') {
      const known = explanation(isolated.trial, earlier, run.protocol)
      if (known === undefined) return pursue(property, current, { ...isolated, sum, began })
      excuses.push(known)
      sum = { ...sum, explained: { count: sum.explained.count + 1, by: sum.explained.by ?? known } }
      continue
    }
    if (isolated.is === 'gone') return serverGone(property, current, failed, sum, began)
    if (run.interrupted.aborted) return unconfirmed(property, current, failed.trial, sum, began)
    if (exit === undefined && current.patience.trying.quiet !== undefined && wasSilent(failed.trial)) {
      // Perhaps a silence was believed too early: from now on every deadline is waited for.
      current = { ...current, patience: unhurried(current.patience) }
      continue
    }
    const { verdict } = failed.trial
    const actual = exit === undefined ? verdict.is === 'fail' && verdict.actual : `the server ${exit}`
    doubts.push(verdict.is === 'fail' ? `expected ${verdict.expected}; got ${actual}` : '')
    // From now on one at a time: what fails next has nobody else to blame.
    current = { ...current, concurrency: 1 }
  }
  return { result: unfailed(property, run, sum, doubts, run.table.now() - began) }
}

/** It failed because a server that seemed quiet was not waited for. */
function wasSilent({ transcripts }: Trial): boolean {
  return transcripts.some(({ events }) => events.some((event) => event.did === 'waited' && event.why === 'quiet'))
}

interface Scent extends Failing {
  readonly sum: Explored
  readonly began: number
}

async function pursue(property: Property, run: Run, scent: Scent): Promise<Hunted> {
  const { sum, began } = scent
  const tell = progressTeller(property.id, run, Number.POSITIVE_INFINITY)
  const file = openReport(run.reportDir)
  const reportOf = (failing: Failing, confirmed?: Confirmed): Report => makeReport(property, run, failing, confirmed)
  file.save(reportOf(scent))
  tell('confirming', sum)
  const inHaste = { ...run, patience: { ...run.patience, full: run.patience.shrinking } }
  const first = await confirm(property, inHaste, scent.subject, scent.failure.rule, 3)
  const chance = (first.confirmation.failed + 1) / (first.confirmation.tried + 1)
  tell('shrinking', sum)
  const small = await minimise(property, run, scent, chance, (best) => {
    file.save(reportOf(best))
    tell('shrinking', sum)
  })
  tell('confirming', sum)
  const candidates: Failing[] = [{ subject: small.best, failure: small.failure, trial: small.trial }, scent]
  for (const [at, failing] of candidates.entries()) {
    const confirmed = await confirm(property, run, failing.subject, failing.failure.rule, CONFIRMATIONS)
    // A shrunk case that only the brief deadlines made fail is no finding: then the case as it was found must stand.
    if (confirmed.confirmation.failed === 0 && at < candidates.length - 1 && !run.interrupted.aborted) continue
    const report = reportOf(failing, confirmed)
    return conclude(property, run, sum, began, report, file, small.tries)
  }
  throw new Error('unreachable: there is always a last candidate')
}

function conclude(
  property: Property,
  run: Run,
  sum: Explored,
  began: number,
  report: Report,
  file: ReportFile,
  shrinks: number,
): Hunted {
  const path = file.finish(report)
  const failure = failureResult(report, path, sum.cases, shrinks)
  const result: PropertyResult = { ...common(property, sum, run.table.now() - began), verdict: 'fail', failure }
  return { result, report, ...(file.problem === undefined ? {} : { problem: file.problem }) }
}

/** The server died and is not ours to start again: all that was in flight goes into the report. */
function serverGone(
  property: Property,
  run: Run,
  failed: NonNullable<Explored['failed']>,
  sum: Explored,
  began: number,
): Hunted {
  const others = failed.inFlight.filter(({ index }) => index !== failed.index)
  const subject =
    others.length === 0
      ? failed.trial.subject
      : together({ index: failed.index, subject: failed.trial.subject }, others)
  const verdict = failed.trial.verdict
  const failure = {
    is: 'fail',
    rule: verdict.is === 'fail' ? verdict.rule : 'gone',
    expected: 'a server that goes on accepting connections',
    actual:
      'the server accepts no connections any more; --exec lets tornwire restart it, shrink the case and confirm it',
  } as const
  return untried(property, run, { subject, failure, trial: failed.trial }, sum, began)
}

/** We were interrupted before the case could be played again: it is told as it was seen. */
function unconfirmed(property: Property, run: Run, trial: Trial, sum: Explored, began: number): Hunted {
  if (trial.verdict.is !== 'fail')
    throw new TypeError(`a trial that failed is expected, not one that is ${trial.verdict.is}`)
  return untried(property, run, { subject: trial.subject, failure: trial.verdict, trial }, sum, began)
}

function untried(property: Property, run: Run, failing: Failing, sum: Explored, began: number): Hunted {
  const report = { ...makeReport(property, run, failing), confirmed: { failed: 0, tried: 0 } }
  return conclude(property, run, sum, began, report, openReport(run.reportDir), 0)
}

function makeReport(property: Property, run: Run, failing: Failing, confirmed?: Confirmed): Report {
  const { failure, trial } = confirmed?.failing ?? { failure: failing.failure, trial: failing.trial as Trial }
  return {
    tornwire: 1,
    tool: run.tool,
    target: run.target.name,
    protocol: run.protocol.name,
    ...(run.protocolFile === undefined ? {} : { protocolFile: run.protocolFile }),
    property: property.id,
    claim: property.claim,
    source: property.source,
    rule: failure.rule,
    expected: failure.expected,
    actual: failure.actual,
    ...(confirmed === undefined ? {} : { confirmed: confirmed.confirmation }),
    seed: run.seed,
    case: failing.subject,
    transcripts: trial.transcripts,
    ...(trial.server === undefined ? {} : { server: trial.server }),
  }
}

/** What the result file says of a failure. */
export function failureResult(report: Report, path: string, casesToFailure: number, shrinks: number): FailureResult {
  const confirmed: Confirmation = report.confirmed ?? { failed: 0, tried: 0 }
  const { rule, expected, actual } = report
  return { rule, expected, actual, case: path, casesToFailure, shrinks, ...caseSize(report.case), confirmed }
}

function unfailed(
  property: Property,
  run: Run,
  sum: Explored,
  doubts: readonly string[],
  durationMs: number,
): PropertyResult {
  const why = whyInconclusive(run, sum, doubts)
  const base = common(property, sum, durationMs)
  const { count, by } = sum.explained
  if (by !== undefined) {
    const also = `fails too, by what ${by.property.id} found: ${count} of ${sum.cases} cases`
    return { ...base, verdict: 'fail', why: also, sameAs: by.property.id, failure: by.failure }
  }
  return why === undefined ? { ...base, verdict: 'pass' } : { ...base, verdict: 'inconclusive', why }
}

function whyInconclusive(run: Run, sum: Explored, doubts: readonly string[]): string | undefined {
  if (doubts.length > 0) {
    return `flaky: ${doubts.length} of ${sum.cases} cases failed once, but not when they were played again alone (${doubts[0]})`
  }
  if (run.interrupted.aborted) return `interrupted after ${sum.cases} cases`
  if (sum.cases === 0) return 'nothing was tried: the time was over before the first case'
  if (sum.unjudged.count === 0) return undefined
  return `${sum.unjudged.count} of ${sum.cases} cases could not be judged: ${sum.unjudged.why}`
}

function common(property: Property, sum: Explored, durationMs: number): Omit<PropertyResult, 'verdict'> {
  return { id: property.id, cases: sum.cases, conversations: sum.conversations, cuts: sum.cuts, durationMs }
}

function add(a: Explored, b: Explored): Explored {
  const why = a.unjudged.why ?? b.unjudged.why
  const by = a.explained.by ?? b.explained.by
  return {
    explained: { count: a.explained.count + b.explained.count, ...(by === undefined ? {} : { by }) },
    cases: a.cases + b.cases,
    conversations: a.conversations + b.conversations,
    cuts: { requested: a.cuts.requested + b.cuts.requested, proven: a.cuts.proven + b.cuts.proven },
    unjudged: { count: a.unjudged.count + b.unjudged.count, ...(why === undefined ? {} : { why }) },
  }
}
