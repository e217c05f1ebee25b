import type { Table } from './play.ts'

/** What of a server can be looked at besides its connections: what it holds, its memory, its CPU time. */
export type Sight = 'resources' | 'memory' | 'cpu'

/** What can be seen of this server; nothing of one on another machine, little of one that belongs to somebody else. */
export async function sightOf({ resources, memoryGrowth, idleCpu, barrier }: Table): Promise<ReadonlySet<Sight>> {
  const sight = new Set<Sight>()
  if ((await resources?.()) !== undefined) sight.add('resources')
  // What a server holds is told from what it has read and written, and only `sock_diag` counts that.
  if (barrier.kind === 'sock_diag' && memoryGrowth?.() !== undefined) sight.add('memory')
  const cpu = await idleCpu?.()
  // Who was busy before anything was asked of it, and ever since, polls, or spins already.
  if (cpu !== undefined && cpu.least < POLLS) sight.add('cpu')
  return sight
}

/** Share of one CPU: of a server that uses so much of it whenever it is looked at, nothing can be told. */
export const POLLS = 0.25
