// A play that fails may cost the server something for good: a process that hangs, a descriptor that is lost. To shrink a case is
// to play it hundreds of times. A server that is ours is started afresh; one that somebody else has started would be used up
// by it, and serve nobody any more when the next claim is to be tried.

import { exceeds } from '../resources.ts'
import type { Run } from './run.ts'

/** Of descriptors, threads, processes or sockets, each. Small systems have room for a thousand descriptors (RLIMIT_NOFILE). */
const TOO_MUCH = 64

/** Tells whether the plays from now on have cost the server much; never where a fresh one is to be had. */
export async function wearFromNow({ target, table }: Pick<Run, 'target' | 'table'>): Promise<() => Promise<boolean>> {
  const look = target.restart === undefined ? table.resources : undefined
  const before = await look?.()
  return async () => exceeds(await look?.(), before, TOO_MUCH - 1)
}
