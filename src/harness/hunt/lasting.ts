// What a case has done to a server may outlast it: the server spins on, or it has once reserved so much that to do so again
// does not show, or its heap has room that is taken first. Then nothing is told of the next case until the server is started again.

import { hidden, LITTLE } from '../address-space.ts'
import { BUSY } from '../idle-cpu.ts'
import type { Property } from '../property.ts'
import { comesToRest } from '../quiet.ts'
import type { Trial } from '../trial.ts'
import { CRASH } from './alone.ts'
import type { Run } from './run.ts'

/** Bytes by which a server's memory has grown since it was started, for some of which there may be no use any more. */
const FREE = 8_388_608

/** Whether what earlier cases have done to the server would be told of a case of this claim, or hide what that one does. */
export async function bearsMarks({ onFresh, looksAt }: Property, { table }: Pick<Run, 'table'>): Promise<boolean> {
  if (!onFresh) return false
  if (looksAt === 'address-space') return (table.addressSpaces?.() ?? []).some((each) => hidden(each) > LITTLE)
  // What is free in a heap is taken before it grows.
  if (looksAt === 'heap') return (table.memoryGrowth?.() ?? 0) > FREE
  return ((await table.idleCpu?.())?.now ?? 0) >= BUSY
}

/**
 * Whether the server works on although nobody asks it for anything. Then that it works says nothing any more, and each wait in
 * vain of the cases to come would be ten times as long. Of one that rests this takes a few milliseconds.
 */
export async function worksOn({ patience, table, interrupted }: Run): Promise<boolean> {
  const { atWork } = patience.trying
  if (atWork === undefined) return false
  return !(await comesToRest(table.processes?.() ?? [], () => interrupted.aborted)) && atWork()
}

/**
 * Whether this failure lasts, and no fresh server is to be had: every case would fail from now on, or none would, and which
 * one began it cannot be told.
 */
export async function lasts(property: Property, run: Run, { verdict }: Trial): Promise<boolean> {
  if (verdict.is !== 'fail' || verdict.rule === CRASH) return false
  if (property.looksAt === 'restart') return true
  if (run.target.restart !== undefined) return false
  // Each play more would make it worse, of a server that somebody needs. Its rows have borne each other out.
  return property.looksAt === 'heap' || bearsMarks(property, run)
}
