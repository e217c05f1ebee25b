// What a server has reserved shows in its address space, also what it never touches. The kernel keeps the most that a process
// has ever had (VmPeak of proc(5)), so that what was given back at once shows as well, though only the first time: nothing
// resets it as long as the process lives (5 in /proc/PID/clear_refs resets that of memory in use, VmHWM). What is held for a
// connection shows each time, as long as that is open (VmSize). A process that has ended shows nothing any more.

import { processResources } from './kernel/process-resources.ts'
import type { ServerProcesses } from './server-processes.ts'

/** Address space of one process, in bytes. It takes no memory until it is touched. */
export interface AddressSpace {
  readonly pid: number
  /** What it has; of several looks, the most. */
  readonly size: number
  /** The most that it has ever had. */
  readonly peak: number
}

const GIB = 1_073_741_824

/**
 * Bytes by which address space must grow to be called much. A right server may start a thread or two for a client: one of
 * Node's takes 0.6 GiB, one of glibc's 0.14 with its arena. What reserves more than that (Go, Java, .NET, an address
 * sanitizer) does so when it starts. Lengths of 32 bits announce up to 4 GiB, and 2 GiB where they are taken for signed.
 */
export const MUCH = 1.75 * GIB

/** Bytes that may be hidden, and 2 GiB that are reserved and given back at once still show. */
export const LITTLE = 2 * GIB - MUCH

/** Looks at each of these processes; there are none where nothing can be seen. */
export function addressSpacesOf(processes: ServerProcesses): () => readonly AddressSpace[] {
  return () =>
    processes().flatMap((pid) => {
      const taken = processResources(pid)
      return taken === undefined ? [] : [{ pid, size: taken.virtualBytes, peak: taken.peakVirtualBytes }]
    })
}

/** All processes of several looks, those too that were gone at some of them, each with the most that it had. */
export function mostOf(looks: readonly (readonly AddressSpace[])[]): readonly AddressSpace[] {
  const most = new Map<number, AddressSpace>()
  for (const { pid, size, peak } of looks.flat()) {
    const before = most.get(pid) ?? { size, peak }
    most.set(pid, { pid, size: Math.max(size, before.size), peak: Math.max(peak, before.peak) })
  }
  return [...most.values()]
}

/**
 * Bytes by which that of one process grew, of the one for which they are most. It is not their sum, which changes as
 * processes come and go. One that is new began as a copy of another (fork), or is a program like one that was there before:
 * it is compared with the largest.
 */
export function mostGrown(before: readonly AddressSpace[], after: readonly AddressSpace[]): number {
  const largest = {
    size: Math.max(0, ...before.map(({ size }) => size)),
    peak: Math.max(0, ...before.map(({ peak }) => peak)),
  }
  const grown = after.map(({ pid, size, peak }) => {
    const own = before.find((each) => each.pid === pid) ?? largest
    return Math.max(size - own.size, peak - own.peak)
  })
  return Math.max(0, ...grown)
}

/** Bytes that it could reserve and give back at once, and nobody would see: it has had so many more before. */
export function hidden({ size, peak }: AddressSpace): number {
  return peak - size
}
