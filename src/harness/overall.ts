import { countsAsFailure } from './baseline/weigh.ts'
import type { ExcuseResult, Outcome, PropertyResult } from './result.ts'

/** What a run came to: the worst of its properties' verdicts that count. Nothing tried is never green. */
export function overall(
  properties: readonly PropertyResult[],
  excuses: readonly ExcuseResult[] = [],
): { verdict: Outcome; why?: string } {
  if (properties.some(countsAsFailure)) return { verdict: 'fail' }
  const unneeded = excuses.find(({ state }) => state === 'unneeded')
  if (unneeded !== undefined) return { verdict: 'fail', why: unneededText(unneeded) }
  const worst = (['error', 'inconclusive'] as const).find((outcome) =>
    properties.some(({ verdict }) => verdict === outcome),
  )
  if (worst !== undefined) {
    const why = properties.find(({ verdict }) => verdict === worst)?.why
    return { verdict: worst, ...(why === undefined ? {} : { why }) }
  }
  if (properties.length === 0) return { verdict: 'inconclusive', why: 'no property applies: nothing was tried' }
  return { verdict: 'pass' }
}

/** What is wrong with an excuse that is not needed, and what to do about it. */
export function unneededText({ property, why }: ExcuseResult): string {
  return `the excuse of ${property} is ${why}`
}
