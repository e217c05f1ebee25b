// How long to wait, and why. The figures come from what the server itself showed in the sanity conversation: a slow
// server is a right one. Two levels: brief while cases are tried and shrunk, full before anything is believed.

import type { Watch } from './barrier.ts'

export interface Patience {
  /** Milliseconds without any progress after which an awaited answer, FIN or connect is given up. */
  readonly idleMs: number
  /** Milliseconds that the barrier waits for a segment to be read. */
  readonly drainMs: number
  /**
   * Tells that nothing more will come although the time is not over: the server has read everything, has nothing queued
   * to send, and its processes sleep. May be wrong about a server that works by timers, so what it says is only believed
   * after a play without it.
   */
  readonly quiet?: (watch: Watch) => Promise<boolean>
}

/** Full patience with a server whose slowest plain answer took `slowestMs`. */
export function fullPatience(slowestMs: number): Patience {
  const idleMs = Math.min(10_000, Math.max(1_000, 20 * slowestMs))
  return { idleMs, drainMs: idleMs }
}

/** Patience for trying and shrinking: the same judgement sooner, to be confirmed with full patience. */
export function briefPatience(full: Patience, slowestMs: number, quiet?: Patience['quiet']): Patience {
  const idleMs = Math.min(full.idleMs, Math.max(250, 10 * slowestMs))
  return { idleMs, drainMs: idleMs, ...(quiet ? { quiet } : {}) }
}
