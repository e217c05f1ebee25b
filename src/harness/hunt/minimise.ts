import type { Case } from '../case.ts'
import type { Failure, Property } from '../property.ts'
import { type Shrunk, shrink } from '../shrink/shrink.ts'
import { type Trial, tryCase } from '../trial.ts'
import type { Run } from './run.ts'

/** Candidates and milliseconds that a shrink may take. */
const TRIES = 3_000
const WITHIN_MS = 20_000

export interface Minimised extends Shrunk {
  readonly failure: Failure
  readonly trial: Trial
}

/** A failing case with what it failed by. */
export interface Failing {
  readonly subject: Case
  readonly failure: Failure
  readonly trial: Trial
}

/**
 * Shrinks a case that fails alone; only candidates that break the same rule count. `chance` is how often it failed when
 * it was tried (0 … 1]: a case that fails now and then is given several tries before a candidate is dismissed.
 */
export async function minimise(
  property: Property,
  run: Run,
  start: Failing,
  chance: number,
  better: (best: Failing, tries: number) => void,
): Promise<Minimised> {
  const until = run.table.now() + WITHIN_MS
  const attempts = attemptsFor(chance)
  let best = start
  let tries = 0
  const fails = async (candidate: Case): Promise<boolean> => {
    tries += 1
    for (let attempt = 0; attempt < attempts && !run.interrupted.aborted; attempt++) {
      if ((await run.target.ready()) === 'gone') return false
      const trial = await tryCase(property, candidate, run.protocol, run.patience.brief, run.table)
      if (trial.verdict.is !== 'fail' || trial.verdict.rule !== start.failure.rule) continue
      best = { subject: candidate, failure: trial.verdict, trial }
      better(best, tries)
      return true
    }
    return false
  }
  const over = (): boolean => run.interrupted.aborted || run.table.now() > until
  const shrunk = await shrink(start.subject, run.protocol.codec, fails, { tries: TRIES, over })
  return { ...shrunk, failure: best.failure, trial: best.trial }
}

/** Tries after which a candidate that fails with this chance has failed at least once in 19 of 20 cases. */
function attemptsFor(chance: number): number {
  if (chance >= 1) return 1
  return Math.min(8, Math.ceil(Math.log(0.05) / Math.log(1 - Math.max(0.1, chance))))
}
