// What failed before is played first. A report that fails again is the property's result: nothing new need be found to
// know that it fails. One that no longer fails is shown as fixed and kept: it replays for ever.

import type { Property } from '../property.ts'
import type { Report } from '../report.ts'
import { listReports } from '../report-file.ts'
import type { PropertyResult, Replayed } from '../result.ts'
import { confirm } from './confirm.ts'
import type { Hunted } from './hunted.ts'
import { levelBroken } from './level.ts'
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
    if (property === undefined || !isOurs) continue
    const began = run.table.now()
    const again = await replayOne(property, run, path, report)
    run.observer.replayed?.(again)
    if (again.outcome !== 'still-failing' || failing.has(property.id)) continue
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

/** Plays one report again, `TIMES` times with full deadlines. */
export async function replayOne(property: Property, run: Run, path: string, report: Report): Promise<Replayed> {
  const { confirmation, otherwise } = await confirm(property, run, report.case, report.rule, TIMES)
  const outcome =
    confirmation.failed > 0
      ? 'still-failing'
      : otherwise !== undefined
        ? 'fails-otherwise'
        : confirmation.tried === 0
          ? 'inconclusive'
          : 'fixed'
  return { path, property: property.id, rule: report.rule, outcome, confirmed: confirmation }
}
