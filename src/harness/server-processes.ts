import type { Address } from './address.ts'
import type { Barrier } from './barrier.ts'
import { isThere, ownersOf, withDescendants } from './kernel/process.ts'

/** The processes of a server on this machine, found from nothing but its address; none where they cannot be seen. */
export type ServerProcesses = () => readonly number[]

/** Gives those that hold the listening socket and all their descendants; `undefined` where sockets cannot be asked. */
export function serverProcesses(barrier: Barrier, { host, port }: Address): ServerProcesses | undefined {
  const { sockets } = barrier
  if (sockets === undefined) return undefined
  let roots: readonly number[] = []
  /** A listener whose processes cannot be seen (another user's): to search for them again would find nothing again. */
  let hidden: number | undefined
  return () => {
    if (!roots.some(isThere)) {
      const inode = sockets.listener({ address: host, port })?.inode
      roots = inode && inode !== hidden ? ownersOf(inode).pids.filter((pid) => pid !== process.pid) : []
      if (roots.length === 0) hidden = inode
    }
    return withDescendants(roots)
  }
}
