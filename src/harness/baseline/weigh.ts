// Which failures make a run fail. A failure that does not is still a failure, and every report shows it.

import type { ExcuseResult, PropertyResult } from '../result.ts'
import type { Baseline, Excuse } from './baseline.ts'

/** What a run is lenient about. */
export interface Lenience {
  /** A failed SHOULD counts like a failed MUST. */
  readonly strict?: boolean
  /** Failures that are excused. */
  readonly baseline?: Baseline
}

/**
 * The same result, which says whether its failure counts and by which excuse it does not. One that is another's again
 * (`sameAs`, among the `earlier`) is excused with it: one bug needs one excuse.
 */
export function weighed(
  result: PropertyResult,
  earlier: readonly PropertyResult[],
  { strict = false, baseline }: Lenience,
): PropertyResult {
  if (result.verdict !== 'fail') return result
  const own = baseline && excuseFor(result, baseline)
  const excuse =
    own === undefined || baseline === undefined
      ? earlier.find(({ id }) => id === result.sameAs)?.excuse
      : { reason: own.reason, expires: own.expires, expired: isExpired(own, baseline) }
  const excused = excuse !== undefined && !excuse.expired
  const counts = !excused && (strict || result.level === 'must')
  return { ...result, ...(counts ? {} : { counts: false }), ...(excuse && { excuse }) }
}

/** Whether it makes the run fail. */
export function countsAsFailure({ verdict, counts }: PropertyResult): boolean {
  return verdict === 'fail' && counts !== false
}

/** What became of each excuse when these properties had been tried. */
export function excusesAfter(baseline: Baseline, results: readonly PropertyResult[]): ExcuseResult[] {
  return baseline.excuses.map((excuse) => ({ ...excuse, ...fateOf(excuse, baseline, results) }))
}

function fateOf(
  excuse: Excuse,
  baseline: Baseline,
  results: readonly PropertyResult[],
): Pick<ExcuseResult, 'state' | 'why'> {
  const result = results.find(({ id }) => id === excuse.property)
  if (result === undefined) return { state: 'left', why: 'left alone: the property was not tried in this run' }
  const { verdict, failure } = result
  if (verdict === 'pass') {
    return {
      state: 'unneeded',
      why: `no longer needed, for the property passed: delete ${linesText(excuse, baseline)}`,
    }
  }
  if (verdict !== 'fail')
    return { state: 'left', why: `left alone: whether the property holds is not known (${verdict})` }
  const failed = `the failure by rule ${failure?.rule}`
  if (excuseFor(result, baseline) !== excuse)
    return { state: 'left', why: `left alone: it does not speak of ${failed}` }
  if (!isExpired(excuse, baseline)) return { state: 'used', why: `it excuses ${failed}` }
  return { state: 'expired', why: `expired on ${excuse.expires}: it no longer excuses ${failed}` }
}

/** The excuse that names the broken rule, or else the one that names none. */
function excuseFor({ id, failure }: PropertyResult, { excuses }: Baseline): Excuse | undefined {
  const own = excuses.filter(({ property }) => property === id)
  return own.find(({ rule }) => rule === failure?.rule) ?? own.find(({ rule }) => rule === undefined)
}

function isExpired({ expires }: Excuse, { today }: Baseline): boolean {
  return today > expires
}

function linesText({ lines: { first, last } }: Excuse, { file }: Baseline): string {
  return first === last ? `line ${first} of ${file}` : `lines ${first} to ${last} of ${file}`
}
