import { type Confirmed, confirm } from './hunt/confirm.ts'
import { acquaint, type Talk } from './plain-talk.ts'
import type { Property } from './property.ts'
import type { Report } from './report.ts'
import { sightOf } from './sight.ts'
import { onStage } from './stage.ts'

/** Plays with full deadlines. */
const TIMES = 5

export interface ReplayOptions extends Talk {
  readonly report: Report
  readonly property: Property
}

/** Plays a report's case again, after a plain conversation. Throws `TargetError` where the target cannot be used. */
export function replayReport(options: ReplayOptions): Promise<Confirmed> {
  const { target, interrupted, report, property } = options
  return onStage(target, interrupted, async (table) => {
    const acquaintance = await acquaint(options, table)
    const { looksAt } = property
    if (looksAt !== undefined && !(await sightOf(table)).has(looksAt))
      return {
        confirmation: { failed: 0, tried: 0 },
        unjudged: `${property.id} looks at what cannot be seen here: ${looksAt}`,
      }
    return confirm(property, { ...options, ...acquaintance, table }, report.case, report.rule, TIMES)
  })
}
