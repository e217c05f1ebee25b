import type { Address } from './address.ts'
import type { Barrier } from './barrier.ts'
import { isThere, type Owners, ownersOf, withDescendants } from './kernel/process.ts'

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
  ownersNow: (inode: number) => Pick<Owners, 'pids'> = ownersOf,
): ServerProcesses | undefined {
  if (sockets === undefined && pid === undefined) return undefined
  const named = pid === undefined ? [] : [pid]
  let roots: readonly number[] = []
  /** A listener whose processes cannot be seen (another user's): to search for them again would find nothing again. */
  let hidden: number | undefined
  const others = (inode: number): readonly number[] => ownersNow(inode).pids.filter((each) => each !== process.pid)
  // A server that hands its socket to a process which it has started may be seen without it already, and that process not
  // yet: it began when the search had begun.
  const search = (inode: number): readonly number[] => {
    const found = others(inode)
    return found.length > 0 ? found : others(inode)
  }
  return () => {
    if (named.some(isThere)) return withDescendants(named)
    if (!roots.some(isThere)) {
      const inode = sockets?.listener({ address: host, port })?.inode
      roots = inode && inode !== hidden ? search(inode) : []
      if (roots.length === 0) hidden = inode
    }
    return withDescendants(roots)
  }
}
