import type { Progress } from '../result.ts'
import type { Explored } from './explored.ts'
import type { Run } from './run.ts'

/** Milliseconds between two tellings of the same kind: a person reads no faster, and telling costs time. */
const BETWEEN_MS = 100

/** Tells the run's observer how far a property is, not too often. `already`: cases that were tried before. */
export function progressTeller(
  id: string,
  run: Run,
  until: number,
  already = 0,
): (doing: Progress['doing'], state: Explored) => void {
  const began = run.table.now()
  let last = Number.NEGATIVE_INFINITY
  let lastDoing: Progress['doing'] | undefined
  return (doing, { cases, cuts }) => {
    const now = run.table.now()
    if (doing === lastDoing && now - last < BETWEEN_MS) return
    last = now
    lastDoing = doing
    const casesPerSecond = now > began ? (1000 * (cases - already)) / (now - began) : 0
    const toGo = casesPerSecond > 0 ? (1000 * (run.runs - cases)) / casesPerSecond : undefined
    const left = Math.min(toGo ?? Number.POSITIVE_INFINITY, until - now)
    const leftMs = doing === 'trying' && Number.isFinite(left) ? { leftMs: Math.max(0, left) } : {}
    run.observer.progress?.({ id, doing, cases, runs: run.runs, casesPerSecond, cuts, ...leftMs })
  }
}
