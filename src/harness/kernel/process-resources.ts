import { readdirSync, readFileSync } from 'node:fs'

/** What one process takes. Sizes in bytes. */
export interface ProcessResources {
  /** Memory that is in use (VmRSS). */
  readonly residentBytes: number
  /** The part of it that is no file's (RssAnon): heaps and stacks. */
  readonly anonymousBytes: number
  /** Memory that is reserved (VmSize): shows a buffer that was allocated and never touched. */
  readonly virtualBytes: number
  /** The most of it that there has ever been (VmPeak). */
  readonly peakVirtualBytes: number
  readonly threads: number
  /** Open descriptors; `undefined` where we may not count them (another user's process). */
  readonly descriptors: number | undefined
}

/** What this process takes now, by proc(5); `undefined` when it has ended. */
export function processResources(pid: number): ProcessResources | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    // A zombie has no memory any more, and no line for it.
    if (!status.includes('\nVmRSS:')) return undefined
    const virtualBytes = field(status, 'VmSize') * 1024
    const residentBytes = field(status, 'VmRSS') * 1024
    return {
      residentBytes,
      // Kernels before 4.5 do not tell it apart.
      anonymousBytes: status.includes('\nRssAnon:') ? field(status, 'RssAnon') * 1024 : residentBytes,
      virtualBytes,
      // Not every kernel that looks like Linux keeps it.
      peakVirtualBytes: status.includes('\nVmPeak:') ? field(status, 'VmPeak') * 1024 : virtualBytes,
      threads: field(status, 'Threads'),
      descriptors: countDescriptors(pid),
    }
  } catch {
    return undefined
  }
}

function field(status: string, name: string): number {
  return Number.parseInt(status.slice(status.indexOf(`\n${name}:`) + name.length + 2), 10)
}

function countDescriptors(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return undefined
  }
}
