// Silence is what costs time: a missing answer would cost a whole deadline for each candidate while shrinking. But a
// server that has read everything, has nothing queued to send, and whose processes all sleep without having run in
// between, will say nothing more, unless a timer of its own wakes it. So this is only used to try; what is reported is
// confirmed with full deadlines.

import { setTimeout as pause } from 'node:timers/promises'
import type { Watch } from './barrier.ts'
import { monotonic } from './clock.ts'
import { isQuiet, quietSample, withDescendants } from './kernel/process.ts'
import type { ServerProcesses } from './server-processes.ts'

/** Long enough for a woken thread to be seen running, short against any deadline. */
const BETWEEN_SAMPLES_MS = 3

/** What can be told about whether a server does anything. */
export interface Stillness {
  /** Says nothing more, unless a timer wakes it. `undefined` where the processes that hold its socket cannot be seen. */
  readonly isQuiet: (watch: Watch) => Promise<boolean | undefined>
  /** Its processes sleep, also on what they have not read: it is quiet, or stuck. `undefined` where they cannot be seen. */
  readonly isAsleep: () => Promise<boolean | undefined>
}

/** Tells whether these processes rest. */
export function stillnessOf(processes: ServerProcesses): Stillness {
  let underWay: Promise<boolean | undefined> | undefined
  // Whoever asks meanwhile shares the answer: what was read was read before, or its reader would be seen to have run.
  const isAsleep = (): Promise<boolean | undefined> => {
    underWay ??= allSleep(processes()).finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const isQuiet = async (watch: Watch): Promise<boolean | undefined> => {
    if (!nothingMoves(watch)) return processes().length === 0 ? undefined : false
    const asleep = await isAsleep()
    return asleep && nothingMoves(watch)
  }
  return { isQuiet, isAsleep }
}

async function allSleep(pids: readonly number[]): Promise<boolean | undefined> {
  const before = quietSample(pids)
  if (before === undefined || before.threads === 0) return undefined
  await pause(BETWEEN_SAMPLES_MS)
  // Not earlier: who is told that it is at work asks again at once.
  if (before.sleeping < before.threads) return false
  const after = quietSample(withDescendants(pids))
  return after !== undefined && isQuiet(before, after)
}

/** Longest wait for a process to come to rest, in milliseconds: one that is still busy then is alive at any rate. */
const RESTS_WITHIN_MS = 250

/**
 * Resolves when these processes and their descendants sleep, when `over`, or after a quarter of a second. True where they
 * were seen to sleep.
 */
export async function comesToRest(
  pids: readonly number[],
  over: () => boolean,
  now: () => number = monotonic,
): Promise<boolean> {
  const until = now() + RESTS_WITHIN_MS
  while (now() < until && !over()) {
    const before = quietSample(withDescendants(pids))
    if (before === undefined) return false
    await pause(BETWEEN_SAMPLES_MS)
    // Listed again: who was started meanwhile does not sleep.
    const after = quietSample(withDescendants(pids))
    if (after !== undefined && isQuiet(before, after)) return true
  }
  return false
}

/** Everything that we sent was read, and everything that was answered has reached us. */
function nothingMoves(watch: Watch): boolean {
  const server = watch.state()
  return server !== undefined && server.receiveQueue === 0 && server.sendQueue === 0 && server.inode !== 0
}
