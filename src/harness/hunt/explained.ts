// One bug breaks many claims. A server that loses a torn header fails the answers, the cuts, the half-close and every bad
// frame; told seven times over, that is noise. So a failing case is first held against the claims that failed before: if
// what was seen breaks one of them too, by the rule that it was reported for, then it is that failure again. The property
// is false all the same and says so, with the report that is there already; what breaks no earlier claim is pursued.

import type { Property } from '../property.ts'
import type { Protocol } from '../protocol.ts'
import type { FailureResult } from '../result.ts'
import { judge, type Trial } from '../trial.ts'
import { CRASH } from './alone.ts'

/** A claim that failed earlier in this run. */
export interface Earlier {
  readonly property: Property
  readonly failure: FailureResult
}

/** Rules of several properties, of which each explains only itself: who waits for answers that others get is not who gets wrong ones. */
const SHARED_RULES: ReadonlySet<string> = new Set(['answers', 'end', 'disturbed', 'not-served'])

/** The earlier claim that this failing trial breaks too, if there is one. */
export function explanation(trial: Trial, earlier: readonly Earlier[], protocol: Protocol): Earlier | undefined {
  const { verdict } = trial
  if (verdict.is !== 'fail') return undefined
  if (verdict.rule === CRASH)
    return earlier.find(({ failure }) => failure.rule === CRASH && failure.actual === verdict.actual)
  return earlier.find(({ property, failure }) => {
    if (SHARED_RULES.has(verdict.rule) && verdict.rule !== failure.rule) return false
    if (property.explains?.(trial.subject, failure.rule) === false) return false
    return breaksAlso(trial, property, protocol) === failure.rule
  })
}

function breaksAlso(trial: Trial, property: Property, protocol: Protocol): string | undefined {
  const whole = judge(property, trial.plays, trial.transcripts, protocol)
  if (property.plays !== undefined || property.series !== undefined) return whole.is === 'fail' ? whole.rule : undefined
  for (const [at, play] of trial.plays.entries()) {
    const transcript = trial.transcripts[at]
    const verdict = transcript && judge(property, [play], [transcript], protocol)
    if (verdict?.is === 'fail') return verdict.rule
  }
  return undefined
}
