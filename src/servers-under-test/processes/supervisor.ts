import { LISTENER } from './accept.ts'
import { Child } from './child.ts'
import type { Job, Running } from './job.ts'

/** Milliseconds that a process has, beyond its limit, until it is killed. The one above has twice as long. */
const GRACE_MS = 250

/**
 * Starts so many processes for the same job on the same listening socket, and starts another when one ends, as long as it
 * had been ready. Resolves when all are ready.
 */
export async function supervise(job: Job, count: number): Promise<Running> {
  const children = new Set<Child>()
  let isStopping = false
  const start = (): Child => {
    const child = new Child(job, LISTENER)
    children.add(child)
    void watch(child)
    return child
  }
  const watch = async (child: Child): Promise<void> => {
    await child.ready
    const how = await child.ended
    children.delete(child)
    if (isStopping) return
    console.error(`server under test: process ${child.pid} ended with ${how}; another takes its place`)
    start()
  }
  await Promise.all(Array.from({ length: count }, () => start().ready))
  return {
    stop: async (withinMs) => {
      isStopping = true
      await Promise.all([...children].map((child) => child.stop(withinMs, GRACE_MS)))
    },
  }
}
