import { brokenBy } from './hunt/broken.ts'
import type { Earlier } from './hunt/explained.ts'
import { hunt } from './hunt/hunt.ts'
import type { Hunted } from './hunt/hunted.ts'
import type { Run } from './hunt/run.ts'
import { plainTrouble } from './plain-talk.ts'
import { levelOf, type Property } from './property.ts'
import { ProtocolFault } from './protocol-fault.ts'
import type { PropertyResult } from './result.ts'

/**
 * Hunts a property with a plain conversation before it and one after. Where the first is not answered, nothing can be
 * tried; where only the second is not, our cases have broken the server. `last`: what the property before it came to, whose
 * second conversation is this one's first.
 */
export async function betweenPlainTalks(
  property: Property,
  run: Run,
  until: number,
  earlier: readonly Earlier[],
  last?: PropertyResult,
): Promise<Hunted> {
  const began = run.table.now()
  const untried = (verdict: 'inconclusive' | 'error', why: string): Hunted => ({
    result: { ...nothing(property), verdict, why, durationMs: run.table.now() - began },
  })
  if (run.interrupted.aborted) return untried('inconclusive', 'interrupted before the first case')
  if (last !== undefined && isMute(last, run)) return untried('error', last.why ?? 'not tried')
  const before = last?.verdict === 'pass' ? undefined : await troubleAfresh(run)
  if (before !== undefined) return untried('error', `not tried: ${before}`)
  try {
    const hunted = await hunt(property, run, until, earlier)
    return hunted.result.verdict === 'pass' ? await stillTalking(property, run, hunted) : hunted
  } catch (error) {
    if (error instanceof ProtocolFault) return untried('inconclusive', error.message)
    throw error
  }
}

/** Milliseconds: to ask a server that answers nobody, and works, takes ten times its deadline. */
const DEAR_MS = 5_000

/** It took long to learn that the server answers nobody, it is not ours to start again, and nothing was asked of it since. */
export function isMute({ verdict, cases, durationMs }: PropertyResult, { target }: Run): boolean {
  return verdict === 'error' && cases === 0 && target.restart === undefined && durationMs > DEAR_MS
}

/** What was wrong with a plain conversation. A server of ours that cannot hold one is started afresh first. */
async function troubleAfresh(run: Run): Promise<string | undefined> {
  const trouble = await plainTrouble(run)
  if (trouble === undefined || run.target.restart === undefined || run.interrupted.aborted) return trouble
  return (await run.target.restart()) === 'gone' ? trouble : plainTrouble(run)
}

async function stillTalking(property: Property, run: Run, hunted: Hunted): Promise<Hunted> {
  const trouble = await plainTrouble(run)
  if (trouble === undefined || run.interrupted.aborted) return hunted
  if ((await plainTrouble(run)) !== undefined) return brokenBy(property, run, hunted.result, trouble)
  const why = `every case passed; of two plain conversations afterwards the first failed (${trouble})`
  return { result: { ...hunted.result, verdict: 'inconclusive', why } }
}

function nothing(property: Property): Pick<PropertyResult, 'id' | 'level' | 'cases' | 'conversations' | 'cuts'> {
  return { id: property.id, level: levelOf(property), cases: 0, conversations: 0, cuts: { requested: 0, proven: 0 } }
}
