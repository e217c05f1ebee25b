import { processResources } from './kernel/process-resources.ts'
import type { ServerProcesses } from './server-processes.ts'

/**
 * Tells by how many bytes the memory in use of these processes together is more than it was at its least, of all the times
 * that it was asked for. Of two cases that make a server take as much, the second makes it grow no further: what was given
 * back to its allocator is still in use to the kernel. `undefined` where nothing can be seen.
 */
export function memoryGrowthOf(processes: ServerProcesses): () => number | undefined {
  let least = Number.POSITIVE_INFINITY
  let first: number | undefined
  return () => {
    const pids = processes()
    const resident = pids.reduce((total, pid) => total + (processResources(pid)?.residentBytes ?? 0), 0)
    if (resident === 0) return undefined
    // A server that was started again is another one.
    if (pids[0] !== first) least = resident
    first = pids[0]
    least = Math.min(least, resident)
    return resident - least
  }
}
