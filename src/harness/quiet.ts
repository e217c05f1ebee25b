// Silence is what costs time: a missing answer would cost a whole deadline for each candidate while shrinking. But a
// server that has read everything, has nothing queued to send, and whose processes all sleep without having run in
// between, will say nothing more, unless a timer of its own wakes it. So this is only used to try; what is reported is
// confirmed with full deadlines.

import { setTimeout as pause } from 'node:timers/promises'
import type { Address } from './address.ts'
import type { Barrier, Watch } from './barrier.ts'
import { isQuiet, quietSample, withDescendants } from './kernel/process.ts'
import { serverProcesses } from './server-processes.ts'

/** Long enough for a woken thread to be seen running, short against any deadline. */
const BETWEEN_SAMPLES_MS = 3

/**
 * Finds the processes behind a listening address and gives a test for their silence; `undefined` where it cannot. The test
 * gives `undefined` where the processes that hold the server's socket cannot be seen.
 */
export function quietTest(
  barrier: Barrier,
  address: Address,
): ((watch: Watch) => Promise<boolean | undefined>) | undefined {
  const processes = serverProcesses(barrier, address)
  if (processes === undefined) return undefined
  const processesSleep = async (): Promise<boolean | undefined> => {
    const pids = processes()
    const before = quietSample(pids)
    if (before === undefined || before.threads === 0) return undefined
    await pause(BETWEEN_SAMPLES_MS)
    const after = quietSample(withDescendants(pids))
    return after !== undefined && isQuiet(before, after)
  }
  let underWay: Promise<boolean | undefined> | undefined
  return async (watch) => {
    if (!nothingMoves(watch)) return processes().length === 0 ? undefined : false
    // Whoever asks meanwhile shares the answer: what was read was read before, or its reader would be seen to have run.
    underWay ??= processesSleep().finally(() => {
      underWay = undefined
    })
    const asleep = await underWay
    return asleep && nothingMoves(watch)
  }
}

/** Longest wait for a process to come to rest, in milliseconds: one that is still busy then is alive at any rate. */
const RESTS_WITHIN_MS = 100

/** Resolves when these processes and their descendants sleep, when `over`, or after a tenth of a second. */
export async function comesToRest(pids: readonly number[], over: () => boolean): Promise<void> {
  for (let waited = 0; waited < RESTS_WITHIN_MS && !over(); waited += BETWEEN_SAMPLES_MS) {
    const all = withDescendants(pids)
    const before = quietSample(all)
    if (before === undefined) return
    await pause(BETWEEN_SAMPLES_MS)
    const after = quietSample(all)
    if (after !== undefined && isQuiet(before, after)) return
  }
}

/** Everything that we sent was read, and everything that was answered has reached us. */
function nothingMoves(watch: Watch): boolean {
  const server = watch.state()
  return server !== undefined && server.receiveQueue === 0 && server.sendQueue === 0 && server.inode !== 0
}
