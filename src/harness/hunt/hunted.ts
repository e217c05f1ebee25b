// What was found of one property: the result, and where it failed the report on disk.

import { levelOf, type Property } from '../property.ts'
import type { Report } from '../report.ts'
import { openReport, type ReportFile } from '../report-file.ts'
import type { PropertyResult } from '../result.ts'
import type { Explored } from './explored.ts'
import { levelBroken } from './level.ts'
import type { Failing } from './minimise.ts'
import { failureResult, reportOf } from './report-of.ts'
import type { Run } from './run.ts'

export interface Hunted {
  readonly result: PropertyResult
  readonly report?: Report
  /** Why the report could not be written, if so. */
  readonly problem?: string
  /** What makes this finding weaker than it looks, if anything does. */
  readonly weakness?: string
  /** Where it may be gone on from, if nothing was found that ends it. */
  readonly soFar?: SoFar
  /** What is wrong with a server that need not be asked again: it took long to learn that, and it is not ours to start. */
  readonly mute?: string
  /** The claim that failed before a server that is not ours to start spoke plainly no more: shrinking may use it up. */
  readonly usedUpBy?: string
}

/** A failure that could not be reported: it did not come again, or not each time that it had to. */
export interface Doubt {
  readonly what: string
  /** It was told by how long things took, and not once when its case was played alone: the machine may have been busy. */
  readonly isOfTime: boolean
}

/** Doubts before the property is called inconclusive. */
export const DOUBTS = 3

/** What has come of a property that is to be tried further. */
export interface SoFar {
  readonly sum: Explored
  readonly doubts: readonly Doubt[]
  /** How it was tried in the end: with less haste than at first, if a failure was not real. */
  readonly pace: Pick<Run, 'concurrency' | 'patience'>
  /** Milliseconds that it has taken. */
  readonly tookMs: number
}

/** What was tried of a property when it is over, and when it began, on the run's clock. */
export interface Effort {
  readonly sum: Explored
  readonly began: number
}

/** The failure of a property, with its report as it is to stay. */
export function failed(
  property: Property,
  run: Run,
  { sum, began }: Effort,
  report: Report,
  file: ReportFile,
  shrinks: number,
): Hunted {
  const path = file.finish(report)
  const failure = failureResult(report, path, sum.cases, shrinks)
  const level = levelBroken(property, failure.rule)
  const result: PropertyResult = { ...figures(property, sum, run.table.now() - began), level, verdict: 'fail', failure }
  const { problem } = file
  const weakness =
    report.cutShort && `${property.id}: shrinking was cut short (${report.cutShort}), so a smaller case may fail too`
  return { result, report, ...(problem ? { problem } : {}), ...(weakness ? { weakness } : {}) }
}

/** The failure of a property whose case could not be played again. */
export function failedOnce(property: Property, run: Run, effort: Effort, failing: Failing): Hunted {
  const report = { ...reportOf(property, run, failing), confirmed: { failed: 0, tried: 0 } }
  return failed(property, run, effort, report, openReport(run.reportDir), 0)
}

/** A property that is tried no further, though it could be. */
export function concluded(property: Property, run: Run, { sum, doubts, tookMs }: SoFar): Hunted {
  return unfailed(property, run, { sum, began: run.table.now() - tookMs }, doubts)
}

/** A property of which no failure is to be reported, and why that is less than a pass, if it is. */
export function unfailed(property: Property, run: Run, { sum, began }: Effort, doubts: readonly Doubt[]): Hunted {
  const base = figures(property, sum, run.table.now() - began)
  const { count, by } = sum.explained
  if (by !== undefined) {
    const why = `fails too, by what ${by.property.id} found: ${count} of ${sum.cases} cases`
    const level = levelBroken(property, by.failure.rule)
    return { result: { ...base, level, verdict: 'fail', why, sameAs: by.property.id, failure: by.failure } }
  }
  const why = whyInconclusive(run, sum, doubts)
  if (why !== undefined) return { result: { ...base, verdict: 'inconclusive', why } }
  const result: PropertyResult = { ...base, verdict: 'pass' }
  if (doubts.length === 0) return { result }
  const weakness = `${property.id}: ${doubts.length} of ${sum.cases} cases took too long once, but not when they were played again alone (${doubts[0]?.what})`
  return { result, weakness }
}

function whyInconclusive(run: Run, sum: Explored, doubts: readonly Doubt[]): string | undefined {
  const [counted] = doubts.length < DOUBTS ? doubts.filter(({ isOfTime }) => !isOfTime) : doubts
  if (counted !== undefined) {
    return `flaky: ${doubts.length} of ${sum.cases} cases failed once, but not when they were played again alone (${counted.what})`
  }
  if (run.interrupted.aborted) return `interrupted after ${sum.cases} cases`
  if (sum.cases === 0) return 'nothing was tried: the time was over before the first case'
  if (sum.unjudged.count === 0) return undefined
  return `${sum.unjudged.count} of ${sum.cases} cases could not be judged: ${sum.unjudged.why}`
}

/** What every result holds. */
export function figures(property: Property, sum: Explored, durationMs: number): Omit<PropertyResult, 'verdict'> {
  const { cases, conversations, cuts } = sum
  return { id: property.id, level: levelOf(property), cases, conversations, cuts, durationMs }
}
