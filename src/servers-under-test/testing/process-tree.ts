import { readdirSync, readFileSync } from 'node:fs'

/** What a process and all that it has started hold: Linux's /proc, which may change while it is read. */
export interface Holdings {
  readonly processes: number
  readonly threads: number
  readonly descriptors: number
}

/** Counts what the tree below this process holds now. */
export function holdingsOf(pid: number): Holdings {
  const pids = treeOf(pid)
  return {
    processes: pids.length,
    threads: sum(pids.map((each) => listed(`/proc/${each}/task`).length)),
    descriptors: sum(pids.map((each) => listed(`/proc/${each}/fd`).length)),
  }
}

/** Whether every thread of the tree sleeps: none runs, or waits for its turn to. */
export function isAsleep(pid: number): boolean {
  const stats = treeOf(pid).flatMap((each) =>
    listed(`/proc/${each}/task`).map((task) => text(`/proc/${each}/task/${task}/stat`)),
  )
  // proc(5): the state stands behind the name, which is in parentheses and may hold some itself.
  return stats.every((stat) => /^[SIZ]/.test(stat.slice(stat.lastIndexOf(')') + 2)))
}

/** Bytes of memory in use by the tree, what its processes share counted each time. */
export function residentBytes(pid: number): number {
  const kilobytes = treeOf(pid).map((each) => /^VmRSS:\s+(\d+) kB$/m.exec(text(`/proc/${each}/status`))?.[1] ?? '0')
  return 1024 * sum(kilobytes.map(Number))
}

/** The process and its descendants. */
export function treeOf(pid: number): number[] {
  const children = listed(`/proc/${pid}/task`).flatMap((thread) =>
    text(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(treeOf)]
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
