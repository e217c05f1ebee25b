import type { Barrier } from './barrier.ts'
import type { PropertyResult } from './result.ts'

/** What makes a run weaker than it looks, in words. */
export function weaknesses(results: readonly PropertyResult[], barrier: Barrier, serial: boolean): string[] {
  const warnings: string[] = []
  const requested = results.reduce((sum, { cuts }) => sum + cuts.requested, 0)
  const proven = results.reduce((sum, { cuts }) => sum + cuts.proven, 0)
  if (requested > 0 && proven < requested / 2) {
    const share = Math.round((100 * (requested - proven)) / requested)
    warnings.push(`${share} % of the cuts are not proven to have reached the server (${barrier.why})`)
  }
  if (serial) warnings.push('the server serves one client at a time, so cases were played one at a time')
  return warnings
}
