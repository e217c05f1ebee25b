// How long to wait, and why. The figures come from what the server itself showed in the sanity conversation: a slow
// server is a right one. Shortcuts are taken while cases are tried and shrunk, none before anything is believed.

import type { Watch } from './barrier.ts'
import type { Stillness } from './quiet.ts'
import type { Silence } from './silence.ts'

export interface Patience {
  /** Milliseconds without any progress after which an awaited answer or FIN is given up. */
  readonly idleMs: number
  /** Milliseconds that the barrier waits for a segment to be read. */
  readonly drainMs: number
  /**
   * Tells that nothing more will come although the time is not over: the processes of the server sleep, and, where many
   * cases are in flight, it has read everything and has nothing queued to send. May be wrong about a server that works by
   * timers, so what it says is only believed after a play without it. `undefined`: it cannot be told, now or later.
   */
  readonly quiet?: (watch: Watch) => Promise<boolean | undefined>
  /** How long nothing must have come before `quiet` is asked, where no model tells what is due. */
  readonly silence?: Silence
  /**
   * Whether the processes of the server sleep, asked before a close, so that an answer too many is seen although nobody
   * waits for it. Left out while many cases are in flight: they never all sleep then.
   */
  readonly lull?: (watch: Watch) => Promise<boolean | undefined>
  /** Tells that the server is slow and not silent: as long as it works, it is waited for, ten times `idleMs` at the most. */
  readonly atWork?: () => Promise<boolean>
  /**
   * Milliseconds after which a server that works, and says nothing to several that wait for it, is not waited for any
   * longer: it may never come back. With it, neither is one that serves those who came later, and us not, for `idleMs`
   * beyond the deadline (passed-over.ts). A shortcut, as `quiet` is.
   */
  readonly stuckAfterMs?: number
  /** Tells that no further answers are to be awaited: the time for trying is over, and with it this play. */
  readonly spent?: () => boolean
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

/** Why we give up where `spent` says so. */
export const TIME_OVER = 'the time for trying was over'

/** Who works for others lets one of them hear something in this many times `idleMs`, beyond the deadline of each. */
const STUCK_TIMES = 1

/** `polls`: its processes never sleep, also when nobody asks for anything; that they work then says nothing. */
export function levelsFor(slowestMs: number, stillness?: Stillness, polls = false): Levels {
  const idleMs = Math.min(10_000, Math.max(1_000, 20 * slowestMs))
  const plain = { idleMs, drainMs: idleMs }
  if (stillness === undefined) return { trying: plain, shrinking: plain, full: plain }
  const { isQuiet, isAsleep } = stillness
  const trying = polls ? plain : { ...plain, atWork: async () => (await isAsleep()) === false }
  const shortMs = Math.min(idleMs, Math.max(250, 10 * slowestMs))
  return {
    trying: { ...trying, quiet: isQuiet, stuckAfterMs: STUCK_TIMES * idleMs },
    shrinking: { idleMs: shortMs, drainMs: shortMs, quiet: isAsleep, lull: isAsleep },
    full: { ...trying, lull: isAsleep },
  }
}

/** A server has this many times as long as its slowest answer took, and so many milliseconds, before it is called quiet. */
const SILENT_TIMES = 4
const LEAST_SILENCE_MS = 10

/**
 * The same where no model tells what is due, nor when all of it has come: that the server sleeps is only believed after a
 * silence, for it may sleep until a timer wakes it.
 */
export function withoutModel({ trying, shrinking, full }: Levels, slowestMs: number): Levels {
  const afterSilence = (patience: Patience): Patience => {
    const ms = Math.min(patience.idleMs, Math.max(LEAST_SILENCE_MS, SILENT_TIMES * slowestMs))
    return { ...patience, silence: { unheardMs: ms, heardMs: ms } }
  }
  return { trying: afterSilence(trying), shrinking: afterSilence(shrinking), full }
}

/** The same for a server of datagrams, whose silence is only believed when its time is over. */
export function levelsForDatagrams(slowestMs: number): Levels {
  const { full } = levelsFor(slowestMs)
  // Not so short that whoever insists sends again before a right server has answered.
  const shortMs = Math.min(full.idleMs, Math.max(400, 20 * slowestMs))
  return { trying: full, shrinking: { idleMs: shortMs, drainMs: shortMs }, full }
}

/** The levels without shortcuts, for a server whose silence was mistaken once: it works by timers, or is starved of CPU. */
export function unhurried({ trying: { quiet: _, silence: __, stuckAfterMs: ___, ...trying }, full }: Levels): Levels {
  return { trying, shrinking: full, full }
}
