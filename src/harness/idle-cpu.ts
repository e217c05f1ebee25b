// A server that nobody asks anything of should sleep. One that does not notice the end of a connection often asks for its
// next bytes again and again: everybody is answered, and a CPU is gone.

import { setTimeout as pause } from 'node:timers/promises'
import { quietSample } from './kernel/process.ts'
import { comesToRest } from './quiet.ts'
import type { ServerProcesses } from './server-processes.ts'

/** Shares of one CPU, 0 to the number of threads, that a server keeps busy while nothing is asked of it. */
export interface IdleCpu {
  /** The least of all the times that it was asked for; the first of them is before any conversation. */
  readonly least: number
  readonly now: number
}

/** Share of one CPU from which on a server is called busy; and how much of one it must have had at last. */
export const BUSY = 0.5
const RUNNING = 0.15

/** Milliseconds of one look after the other, as long as it is busy: the last one bears the others out. */
const WINDOWS_MS = [150, 150, 600]
const BETWEEN_SAMPLES_MS = 10

/** Looks at these processes; of those that come to rest at once, it takes some milliseconds. `undefined`: cannot be seen. */
export function idleCpuOf(processes: ServerProcesses, clock: () => number): () => Promise<IdleCpu | undefined> {
  let least = Number.POSITIVE_INFINITY
  return async () => {
    const now = await shareOf(processes, clock)
    if (now === undefined) return undefined
    least = Math.min(least, now)
    return { least, now }
  }
}

async function shareOf(processes: ServerProcesses, clock: () => number): Promise<number | undefined> {
  if (await restsTwice(processes)) return 0
  for (const ms of WINDOWS_MS) {
    const seen = await within(processes(), ms, clock)
    if (seen === undefined) return undefined
    // On a busy machine, who spins waits for a CPU most of the time. Who has nothing to do sleeps.
    const share = Math.max(seen.ran, seen.awake)
    if (share < BUSY) return share
    if (ms === WINDOWS_MS.at(-1)) return seen.ran < RUNNING ? seen.ran : share
  }
  return undefined
}

/** Shares of a time: on a CPU, of all threads together, and with some thread that did not sleep. */
interface Seen {
  readonly ran: number
  readonly awake: number
}

/** On a busy machine, what the kernel still has to tell it may come a moment after it was seen to sleep. */
async function restsTwice(processes: ServerProcesses): Promise<boolean> {
  if (!(await comesToRest(processes(), () => false))) return false
  await pause(BETWEEN_SAMPLES_MS)
  return comesToRest(processes(), () => false)
}

async function within(pids: readonly number[], ms: number, clock: () => number): Promise<Seen | undefined> {
  const [before, began] = [quietSample(pids), clock()]
  if (before === undefined || before.threads === 0) return undefined
  let [samples, awake] = [0, 0]
  let last = before
  while (clock() - began < ms) {
    await pause(BETWEEN_SAMPLES_MS)
    const sample = quietSample(pids)
    if (sample === undefined) return undefined
    last = sample
    samples += 1
    if (sample.sleeping < sample.threads) awake += 1
  }
  const ran = Math.max(0, (last.onCpuNs - before.onCpuNs) / 1e6 / (clock() - began))
  return { ran, awake: awake / samples }
}
