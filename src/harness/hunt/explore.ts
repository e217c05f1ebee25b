// Tries one case after another, several in flight at once, until one fails or the budget ends.

import { setImmediate } from 'node:timers/promises'
import type { Case } from '../case.ts'
import type { Property } from '../property.ts'
import { type Trial, tryCase, unjudged } from '../trial.ts'
import { caseOf } from './case-of.ts'
import { type Earlier, explanation } from './explained.ts'
import type { Explored, Numbered } from './explored.ts'
import { Flights } from './flights.ts'
import { wasLeft, withinTime } from './overtime.ts'
import type { Run } from './run.ts'

/** A property that fails so often for a reason that is known already is not likely to show another one. */
export const ENOUGH_EXPLAINED = 10

/** Cases that cost as many plain ones are dear: on a slow server one may take seconds. */
const DEAR = 10

/**
 * Tries cases from number `from` on, up to the run's limit or until its clock shows `until` (milliseconds): then none is
 * begun, and none takes much longer. `tick` is called after each case, always with the same object, which goes on counting.
 */
export async function explore(
  property: Property,
  run: Run,
  from: number,
  until: number,
  earlier: readonly Earlier[],
  tick: (explored: Explored) => void,
): Promise<Explored> {
  const arbitrary = property.cases(run.protocol)
  const flights = new Flights()
  const failures: { index: number; trial: Trial; beside: readonly number[] }[] = []
  const sum: Sum = {
    cases: 0,
    conversations: 0,
    cuts: { requested: 0, proven: 0 },
    explained: { count: 0 },
    unjudged: { count: 0 },
  }
  const patience = withinTime(run, until, () => from + sum.cases > 0)
  const numbered = (index: number): Case | { readonly fault: string } => caseOf(arbitrary, property, run, index)
  const tryNumber = (index: number): Promise<Trial> => {
    const subject = numbered(index)
    if ('fault' in subject) return setImmediate(unjudged(NO_CASE, subject.fault))
    flights.begin(index)
    return tryCase(property, subject, run.protocol, patience, run.table)
  }
  const madeAgain = (index: number): Numbered[] => {
    const subject = numbered(index)
    return 'fault' in subject ? [] : [{ index, subject }]
  }
  let next = from
  const goesOn = (): boolean =>
    failures.length === 0 &&
    sum.explained.count < ENOUGH_EXPLAINED &&
    next < run.runs &&
    !run.interrupted.aborted &&
    run.table.now() < until
  const tryNext = async (): Promise<'goes on' | 'over'> => {
    if (!goesOn()) return 'over'
    const index = next++
    const trial = await tryNumber(index)
    if (run.interrupted.aborted || wasLeft(trial)) return 'over'
    count(trial, sum)
    const known = explanation(trial, earlier, run.protocol)
    if (known !== undefined) {
      sum.explained.count += 1
      sum.explained.by ??= known
    } else if (trial.verdict.is === 'fail') failures.push({ index, trial, beside: flights.beside(index) })
    flights.end(index)
    tick(sum)
    return 'goes on'
  }
  const worker = async (): Promise<void> => {
    while ((await tryNext()) === 'goes on');
  }
  // The first case is played to its end: where that takes long, several of them together would take several times as long.
  if (from === 0 && isDear(property)) await tryNext()
  await Promise.all(Array.from({ length: run.concurrency }, worker))
  const failed = failures.sort((a, b) => a.index - b.index)[0]
  return failed === undefined ? sum : { ...sum, failed: { ...failed, beside: failed.beside.flatMap(madeAgain) } }
}

function isDear({ weight = 1 }: Property): boolean {
  return weight >= DEAR
}

const NO_CASE: Case = { connections: [], turns: [] }

function count({ conversations, cuts, verdict }: Trial, sum: Sum): void {
  sum.cases += 1
  sum.conversations += conversations
  sum.cuts.requested += cuts.requested
  sum.cuts.proven += cuts.proven
  if (verdict.is !== 'inconclusive') return
  sum.unjudged.count += 1
  sum.unjudged.why ??= verdict.why
}

/** The figures of `Explored` while they are still counted. */
interface Sum {
  cases: number
  conversations: number
  readonly cuts: { requested: number; proven: number }
  readonly explained: { count: number; by?: Earlier }
  readonly unjudged: { count: number; why?: string }
}
