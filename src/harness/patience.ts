// How long to wait, and why. The figures come from what the server itself showed in the sanity conversation: a slow
// server is a right one. Shortcuts are taken while cases are tried and shrunk, none before anything is believed.

import type { Watch } from './barrier.ts'

export interface Patience {
  /** Milliseconds without any progress after which an awaited answer or FIN is given up. */
  readonly idleMs: number
  /** Milliseconds that the barrier waits for a segment to be read. */
  readonly drainMs: number
  /**
   * Tells that nothing more will come although the time is not over: the server has read everything, has nothing queued
   * to send, and its processes sleep. May be wrong about a server that works by timers, so what it says is only believed
   * after a play without it. `undefined`: it cannot be told, now or later.
   */
  readonly quiet?: (watch: Watch) => Promise<boolean | undefined>
  /**
   * The same test, held before a close, so that an answer too many is seen although nobody waits for it. Left out while
   * many cases are in flight: the server is never quiet then.
   */
  readonly lull?: (watch: Watch) => Promise<boolean | undefined>
}

/** The levels of patience of one run, for a server whose slowest plain answer took `slowestMs`. */
export interface Levels {
  /** To try cases: quiet servers are not waited for, busy ones are. */
  readonly trying: Patience
  /** To shrink, where most candidates that fail do so by silence: the same, with a shorter deadline. */
  readonly shrinking: Patience
  /** Before anything is believed. */
  readonly full: Patience
}

/**
 * Milliseconds after which a connection that does not come about is given up, whatever the server is like.
 * A SYN that finds the server's accept queue full is dropped, and Linux sends it again after 1, 2, 3 and 4 seconds
 * (tcp_syn_linear_timeouts; older kernels after 1 and 3). A server that accepts slower than we connect is a right one.
 */
export const CONNECT_MS = 5_000

export function levelsFor(slowestMs: number, quiet: Patience['quiet'] | undefined): Levels {
  const idleMs = Math.min(10_000, Math.max(1_000, 20 * slowestMs))
  const trying = { idleMs, drainMs: idleMs }
  if (quiet === undefined) return { trying, shrinking: trying, full: trying }
  const full = { ...trying, lull: quiet }
  const shortMs = Math.min(idleMs, Math.max(250, 10 * slowestMs))
  return { trying: { ...trying, quiet }, shrinking: { idleMs: shortMs, drainMs: shortMs, quiet, lull: quiet }, full }
}

/** The levels without shortcuts, for a server whose silence was mistaken once: it works by timers, or is starved of CPU. */
export function unhurried({ trying: { idleMs, drainMs }, full }: Levels): Levels {
  return { trying: { idleMs, drainMs }, shrinking: full, full }
}
