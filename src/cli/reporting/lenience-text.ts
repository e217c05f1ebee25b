import type { ExcuseResult, PropertyResult, RunResult } from '../../harness/result.ts'

/** Why a failure does not count, or which excuse no longer keeps it from counting; nothing of one that simply counts. */
export function lenienceText({ counts, excuse }: PropertyResult): string | undefined {
  if (excuse?.expired === false) return `excused until ${excuse.expires}: ${excuse.reason}`
  const parts = [
    ...(counts === false ? ['SHOULD: it does not make the run fail (with --strict it does)'] : []),
    ...(excuse === undefined ? [] : [`its excuse expired on ${excuse.expires}: ${excuse.reason}`]),
  ]
  return parts.length === 0 ? undefined : parts.join('; ')
}

/** An excuse by its place, `baseline.json:4 any/half-close answers`. */
export function excuseName(file: string, { lines, property, rule }: ExcuseResult): string {
  return `${file}:${lines.first} ${property}${rule === undefined ? '' : ` ${rule}`}`
}

/** The excuses of a run in these states, a line each: which one, and what became of it. */
export function excuseLines({ baseline }: RunResult, ...states: readonly ExcuseResult['state'][]): string[] {
  if (baseline === undefined) return []
  const shown = baseline.excuses.filter(({ state }) => states.includes(state))
  return shown.map((excuse) => `${excuseName(baseline.file, excuse)}: ${excuse.why}`)
}
