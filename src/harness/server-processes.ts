import type { Address } from './address.ts'
import type { Barrier } from './barrier.ts'
import { isThere, ownersOf, withDescendants } from './kernel/process.ts'

/** The processes of a server on this machine; none where they cannot be seen. */
export type ServerProcesses = () => readonly number[]

/**
 * Gives those that hold the listening socket, found from nothing but its address, and all their descendants; or, as long as
 * it is there, process `pid` and its descendants. `undefined` where neither is to be had.
 */
export function serverProcesses(
  { sockets }: Pick<Barrier, 'sockets'>,
  { host, port }: Address,
  pid?: number,
): ServerProcesses | undefined {
  if (sockets === undefined && pid === undefined) return undefined
  const named = pid === undefined ? [] : [pid]
  let roots: readonly number[] = []
  /** A listener whose processes cannot be seen (another user's): to search for them again would find nothing again. */
  let hidden: number | undefined
  return () => {
    if (named.some(isThere)) return withDescendants(named)
    if (!roots.some(isThere)) {
      const inode = sockets?.listener({ address: host, port })?.inode
      roots = inode && inode !== hidden ? ownersOf(inode).pids.filter((pid) => pid !== process.pid) : []
      if (roots.length === 0) hidden = inode
    }
    return withDescendants(roots)
  }
}
