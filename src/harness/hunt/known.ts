// What failed before is played first. A report that fails again is the property's result: nothing new need be found to
// know that it fails. One that no longer fails is shown as fixed and kept: it replays for ever.

import type { Property } from '../property.ts'
import type { Protocol } from '../protocol.ts'
import type { Report } from '../report.ts'
import { listReports } from '../report-file.ts'
import type { PropertyResult, Replayed } from '../result.ts'
import { CRASH, MUTE } from './alone.ts'
import { type Confirmed, confirm } from './confirm.ts'
import { NOTHING_EXPLORED } from './explored.ts'
import type { Hunted } from './hunted.ts'
import { levelBroken } from './level.ts'
import { pursue } from './pursue.ts'
import { failureResult } from './report-of.ts'
import type { Run } from './run.ts'

/** Plays with full deadlines for each known report. */
const TIMES = 5

/** What earlier reports came to: the properties that fail by one of them, and the files that could not be read. */
export interface Known {
  readonly failing: ReadonlyMap<string, Hunted>
  readonly unreadable: readonly string[]
}

/** Plays the reports of this target and protocol again. */
export async function replayKnown(properties: readonly Property[], run: Run): Promise<Known> {
  const failing = new Map<string, Hunted>()
  const unreadable: string[] = []
  for (const found of listReports(run.reportDir)) {
    if (run.interrupted.aborted) break
    if ('error' in found) {
      // Other JSON files may lie there too, this run's result among them; a broken report lies where reports lie.
      if (properties.some(({ id }) => found.path.includes(`/${id}/`))) unreadable.push(found.error.message)
      continue
    }
    const { path, report } = found
    const property = properties.find(({ id }) => id === report.property)
    const isOurs = report.target === run.target.name && report.protocol === run.protocol.name
    if (property === undefined || !isOurs || isOfAnotherIdleTime(property, report, run.protocol)) continue
    // It may leave no server for the others: its own turn comes last, and finds again what is still there.
    if (property.looksAt === 'restart') continue
    const began = run.table.now()
    const confirmedAgain = await confirm(property, run, report.case, report.rule, TIMES)
    const again = outcomeOf(property, run, path, report, confirmedAgain)
    run.observer.replayed?.(again)
    if (failing.has(property.id)) continue
    const { otherwise } = confirmedAgain
    if (again.outcome === 'fails-otherwise' && otherwise !== undefined) {
      // The same case shows another failure: that one is to be reported.
      const effort = { sum: { ...NOTHING_EXPLORED, cases: 1 }, began }
      const hunted = await pursue(property, run, effort, { subject: report.case, ...otherwise })
      if (hunted !== undefined) failing.set(property.id, hunted)
    }
    if (again.outcome !== 'still-failing') continue
    const confirmed = { ...report, confirmed: again.confirmed }
    const result: PropertyResult = {
      id: property.id,
      level: levelBroken(property, report.rule),
      verdict: 'fail',
      cases: 1,
      conversations: again.confirmed.tried * report.case.connections.length,
      cuts: { requested: 0, proven: 0 },
      durationMs: run.table.now() - began,
      failure: failureResult(confirmed, path, 0, 0),
    }
    failing.set(property.id, { result, report: confirmed })
  }
  return { failing, unreadable }
}

/**
 * What is too long a silence where one idle time is stated may be right where it is another: where its claim speaks of
 * that. A server that dies, or is no longer to be talked to, is wrong whatever is stated.
 */
function isOfAnotherIdleTime({ notFor }: Property, { rule, idleMs }: Report, protocol: Protocol): boolean {
  const { idleMs: stated, ...unstated } = protocol
  if (idleMs === undefined || stated === undefined || idleMs === stated) return false
  return rule !== CRASH && rule !== MUTE && notFor?.(unstated) !== undefined
}

function outcomeOf(
  property: Property,
  run: Run,
  path: string,
  { rule }: Report,
  { confirmation, otherwise }: Confirmed,
): Replayed {
  const isWhole = confirmation.tried > 0 && !run.interrupted.aborted
  const without = otherwise !== undefined ? 'fails-otherwise' : isWhole ? 'fixed' : 'inconclusive'
  const outcome = confirmation.failed > 0 ? 'still-failing' : without
  return { path, property: property.id, rule, outcome, confirmed: confirmation }
}
