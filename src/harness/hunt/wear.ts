// A play may cost the server something for good: a process that hangs, a descriptor that is lost. To shrink a case is to play it
// hundreds of times. A server that is ours is started afresh when it holds too much; one that somebody else has started would be
// used up, and serve nobody any more when the next claim is to be tried.

import { setTimeout as pause } from 'node:timers/promises'
import { GIVES_BACK_WITHIN, holdsMore } from '../resources.ts'
import type { Run } from './run.ts'

/** Of descriptors, threads, processes or sockets, each. Small systems have room for a thousand descriptors (RLIMIT_NOFILE). */
const MUCH = 64

const BETWEEN_LOOKS_MS = 50

/** Whether plays have worn a server out that nobody starts again. */
export type WearsOut = () => Promise<boolean>

/** Tells it of the plays from now on. Where a fresh server is to be had, it is started when it is worn; then none is worn out. */
export async function wearFromNow({ target, table, patience, interrupted }: Run): Promise<WearsOut> {
  const { resources, now } = table
  let before = await resources?.()
  if (resources === undefined || before === undefined) return async () => false
  const isWorn = async (): Promise<boolean> => holdsMore(await resources(), before, MUCH - 1)
  return async () => {
    if (!(await isWorn())) return false
    if (target.restart !== undefined) {
      await target.restart()
      before = await resources()
      return false
    }
    for (const until = now() + GIVES_BACK_WITHIN * patience.full.idleMs; now() < until && !interrupted.aborted; ) {
      await pause(BETWEEN_LOOKS_MS)
      if (!(await isWorn())) return false
    }
    return true
  }
}
