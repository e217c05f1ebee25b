import { idle } from '../../properties/idle.ts'
import { silenceMs } from '../../properties/idle-cases.ts'
import type { Property } from '../harness/property.ts'
import type { Protocol } from '../harness/protocol.ts'
import { UsageError } from './exit.ts'

/** Cases of any/idle for which a run must have time: with fewer some of its shapes would likely not be tried. */
const LEAST_CASES = 10

/** Throws `UsageError` where any/idle is among the properties and `timeMs` milliseconds for trying are too few for it. */
export function checkTimeForIdle({ idleMs }: Protocol, properties: readonly Property[], timeMs: number): void {
  if (idleMs === undefined || !properties.some(({ id }) => id === idle.id)) return
  const caseMs = silenceMs(idleMs)
  const leastMs = LEAST_CASES * caseMs
  if (timeMs >= leastMs) return
  throw new UsageError(
    `a case of any/idle takes ${seconds(caseMs)} (twice the idle time of ${seconds(idleMs)}, and a second), and --time must be ` +
      `${LEAST_CASES} times that at the least, ${seconds(leastMs)}; it is ${seconds(timeMs)}: write --time ${asDuration(leastMs)}, or choose other properties (--property)`,
  )
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`
}

/** As it is written on the command line, rounded up. */
function asDuration(ms: number): string {
  return ms <= 120_000 ? `${Math.ceil(ms / 1_000)}s` : `${Math.ceil(ms / 60_000)}m`
}
