import type { Table } from './play.ts'

/**
 * What of a server can be looked at besides its connections: what it holds, how large its heaps are, its memory beside what
 * it has read and written, its address space, its CPU time, when it reads, and whether it starts again.
 */
export type Sight = 'resources' | 'heap' | 'memory' | 'address-space' | 'cpu' | 'reads' | 'restart'

/** What can be seen of this server; nothing of one on another machine, little of one that belongs to somebody else. */
export async function sightOf(table: Table): Promise<ReadonlySet<Sight>> {
  const { resources, memoryGrowth, addressSpaces, idleCpu, barrier, address, restart } = table
  const sight = new Set<Sight>()
  const held = await resources?.()
  if (held !== undefined) sight.add('resources')
  if (held?.anonymousBytes !== undefined) sight.add('heap')
  // What a server holds is told from what it has read and written, and only `sock_diag` counts that.
  if (barrier.kind === 'sock_diag' && memoryGrowth?.() !== undefined) sight.add('memory')
  if (addressSpaces !== undefined && addressSpaces().length > 0) sight.add('address-space')
  if (restart !== undefined) sight.add('restart')
  const cpu = await idleCpu?.()
  // Who was busy before anything was asked of it, and ever since, polls, or spins already.
  if (cpu !== undefined && cpu.least < POLLS) sight.add('cpu')
  // Where the socket that accepts connections is seen, those that it has accepted are.
  if (barrier.sockets?.listener({ address: address.host, port: address.port }) !== undefined) sight.add('reads')
  return sight
}

/** Share of one CPU: of a server that uses so much of it whenever it is looked at, nothing can be told. */
export const POLLS = 0.25
