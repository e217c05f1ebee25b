import { processResources } from './kernel/process-resources.ts'
import { comesToRest } from './quiet.ts'
import type { ServerProcesses } from './server-processes.ts'

/** What all processes of a server hold together, as far as it can be seen. */
export interface Resources {
  /** Connections that the client has ended and the server has not; seen also where its processes are not. */
  readonly closeWait?: number
  /** Open descriptors (sockets, files, pipes). */
  readonly descriptors?: number
  readonly threads?: number
  /** Also those that have ended and whose status nobody has asked for (zombies). */
  readonly processes?: number
  /** Memory that is in use and no file's, in bytes. */
  readonly anonymousBytes?: number
}

/**
 * Waits until the server is at rest, a quarter of a second at most, and counts. `closeWaitNow`: its sockets in CLOSE_WAIT, where
 * they can be seen. `undefined` where nothing can be.
 */
export async function resourcesOf(
  processes: ServerProcesses,
  closeWaitNow: () => number | undefined,
): Promise<Resources | undefined> {
  await comesToRest(processes(), () => false)
  const pids = processes()
  const each = pids.map((pid) => processResources(pid))
  const waiting = closeWaitNow()
  const closeWait = waiting === undefined ? {} : { closeWait: waiting }
  if (!each.some((one) => one?.descriptors !== undefined)) return waiting === undefined ? undefined : closeWait
  return {
    ...closeWait,
    descriptors: sum(each.map((one) => one?.descriptors ?? 0)),
    threads: sum(each.map((one) => one?.threads ?? 0)),
    processes: pids.length,
    anonymousBytes: sum(each.map((one) => one?.anonymousBytes ?? 0)),
  }
}

/** Idle times (one second at least, to be believed) that a server has to give back what a connection took. */
export const GIVES_BACK_WITHIN = 2

/** What is counted, which memory is not; the most telling first. */
export const COUNTED = ['closeWait', 'descriptors', 'threads', 'processes'] as const

/** Whether of anything that is counted, and could be both times, there is more than before, and by more than `by`. */
export function holdsMore(now: Resources | undefined, before: Resources | undefined, by = 0): boolean {
  if (now === undefined || before === undefined) return false
  return COUNTED.some((kind) => (now[kind] ?? 0) - (before[kind] ?? Number.POSITIVE_INFINITY) > by)
}

/** Whether of everything that is counted there is exactly as much as before. */
export function holdsAsMuch(now: Resources | undefined, before: Resources | undefined): boolean {
  if (now === undefined || before === undefined) return false
  return COUNTED.every((kind) => now[kind] === before[kind])
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
