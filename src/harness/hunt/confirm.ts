import type { Case } from '../case.ts'
import type { Failure, Property } from '../property.ts'
import type { Confirmation } from '../result.ts'
import { type Trial, tryCase } from '../trial.ts'
import type { Run } from './run.ts'

/** What playing a case again came to. */
export interface Confirmed {
  readonly confirmation: Confirmation
  /** The last play that failed by the rule. */
  readonly failing?: {
    readonly trial: Trial
    readonly failure: Failure
    readonly exit: string | undefined
    readonly output: string
  }
  /** Another rule that was broken instead, if any was. */
  readonly otherwise?: Failure
}

/** Plays `subject` alone `times` times with full deadlines and counts how often it breaks `rule`. */
export async function confirm(
  property: Property,
  run: Pick<Run, 'target' | 'protocol' | 'patience' | 'table' | 'interrupted'>,
  subject: Case,
  rule: string,
  times: number,
): Promise<Confirmed> {
  let failed = 0
  let tried = 0
  let failing: Confirmed['failing']
  let otherwise: Failure | undefined
  for (; tried < times && !run.interrupted.aborted; tried++) {
    if ((await run.target.ready()) === 'gone') break
    run.target.forget()
    const trial = await tryCase(property, subject, run.protocol, run.patience.full, run.table)
    if (run.interrupted.aborted) break
    if (trial.verdict.is !== 'fail') continue
    if (trial.verdict.rule !== rule) otherwise = trial.verdict
    else {
      failed += 1
      const alive = await run.target.ready()
      failing = {
        trial,
        failure: trial.verdict,
        exit: alive === 'up' ? undefined : run.target.exit(),
        output: run.target.output(),
      }
    }
  }
  return { confirmation: { failed, tried }, ...(failing ? { failing } : {}), ...(otherwise ? { otherwise } : {}) }
}
