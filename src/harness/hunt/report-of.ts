import { caseSize } from '../case.ts'
import type { Property } from '../property.ts'
import type { Report } from '../report.ts'
import type { FailureResult } from '../result.ts'
import type { Confirmed } from './confirm.ts'
import type { Failing } from './minimise.ts'
import type { Run } from './run.ts'

/** The report of a failing case, as far as is known: confirmed or not yet. */
export function reportOf(property: Property, run: Run, failing: Failing, confirmed?: Confirmed): Report {
  const { failure, trial } = confirmed?.failing ?? failing
  const isPlain = trial.plays.every((each) => each === failing.subject)
  return {
    tornwire: 1,
    tool: run.tool,
    target: run.target.name,
    protocol: run.protocol.name,
    ...(run.protocolFile === undefined ? {} : { protocolFile: run.protocolFile }),
    ...(run.protocol.idleMs === undefined ? {} : { idleMs: run.protocol.idleMs }),
    property: property.id,
    claim: property.claim,
    source: property.source,
    rule: failure.rule,
    expected: failure.expected,
    actual: failure.actual,
    ...(confirmed === undefined ? {} : { confirmed: confirmed.confirmation }),
    seed: run.seed,
    case: failing.subject,
    ...(isPlain ? {} : { plays: trial.plays }),
    transcripts: trial.transcripts,
    ...(trial.server === undefined ? {} : { server: trial.server }),
  }
}

/** What the result file says of a failure. */
export function failureResult(report: Report, path: string, casesToFailure: number, shrinks: number): FailureResult {
  const { rule, expected, actual, confirmed = { failed: 0, tried: 0 } } = report
  return { rule, expected, actual, case: path, casesToFailure, shrinks, ...caseSize(report.case), confirmed }
}
