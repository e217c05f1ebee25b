// A server may die of a case after that case has passed: its answers were all there, and the RST at its end came last.
// What is seen then is a later case that is refused, or nothing at all. So when a server is found dead, the cases that
// were tried just before are suspects too.

import type { Property } from '../property.ts'
import { CRASH } from './alone.ts'
import { caseOf } from './case-of.ts'
import type { Explored, Numbered } from './explored.ts'
import type { Run } from './run.ts'

/** None of many suspects is begun after so many milliseconds: with a server that is slow they would take minutes. */
export const SUSPECTS_WITHIN_MS = 20_000

/** Cases before the first that was refused, at the most. */
const REACH = 16

/** The cases tried just before number `index`, the last one first. */
export function casesBefore(property: Property, run: Run, index: number): Numbered[] {
  const arbitrary = property.cases(run.protocol)
  const first = Math.max(0, index - REACH)
  const numbers = Array.from({ length: index - first }, (_, back) => index - 1 - back)
  return numbers.flatMap((at) => {
    const subject = caseOf(arbitrary, property, run, at)
    return 'fault' in subject ? [] : [{ index: at, subject }]
  })
}

/** The case that failed, those that were in flight with it, and those before it. */
export function suspectsOf(
  property: Property,
  run: Run,
  { index, trial, beside }: NonNullable<Explored['failed']>,
): Numbered[] {
  const seen = [{ index, subject: trial.subject }, ...beside]
  const before = casesBefore(property, run, index).filter((one) => !seen.some((other) => other.index === one.index))
  return [...seen, ...before]
}

/** The failure of a property whose cases all passed, but left the server dead; `undefined` where it lives. */
export async function deathBy(property: Property, run: Run, tried: number): Promise<Explored['failed']> {
  const exit = tried === 0 || run.interrupted.aborted ? undefined : await run.target.died()
  const last = exit === undefined ? undefined : casesBefore(property, run, tried)[0]
  if (last === undefined) return undefined
  const verdict = { is: 'fail', rule: CRASH, expected: 'the server lives on', actual: `the server ${exit}` } as const
  const trial = { subject: last.subject, verdict, plays: [], transcripts: [], conversations: 0 }
  return { index: last.index, trial: { ...trial, cuts: { requested: 0, proven: 0 } }, beside: [] }
}
