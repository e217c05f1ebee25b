import type { Address } from './address.ts'
import type { Barrier } from './barrier.ts'
import { type Owners, ownersOf, startOf, withDescendants } from './kernel/process.ts'

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
  startNow: (pid: number) => number | undefined = startOf,
): ServerProcesses | undefined {
  if (sockets === undefined && pid === undefined) return undefined
  const withStarts = (pids: readonly number[]) => new Map(pids.map((each) => [each, startNow(each)]))
  /** Each with its start: where processes come and go by thousands, its number is soon another's. */
  let roots = withStarts(pid === undefined ? [] : [pid])
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
    const areThere = [...roots].some(([root, start]) => start !== undefined && startNow(root) === start)
    if (!areThere) {
      const inode = sockets?.listener({ address: host, port })?.inode
      const found = inode && inode !== hidden ? search(inode) : []
      if (found.length === 0) hidden = inode
      roots = withStarts(found)
    }
    return withDescendants([...roots.keys()])
  }
}
