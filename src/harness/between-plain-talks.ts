import { brokenBy } from './hunt/broken.ts'
import type { Earlier } from './hunt/explained.ts'
import { NOTHING_EXPLORED } from './hunt/explored.ts'
import { hunt } from './hunt/hunt.ts'
import { figures, type Hunted, type SoFar } from './hunt/hunted.ts'
import type { Run } from './hunt/run.ts'
import { plainTrouble } from './plain-talk.ts'
import type { Property } from './property.ts'
import { ProtocolFault } from './protocol-fault.ts'

/** What came before a property is tried, or tried further. */
export interface Before {
  /** Properties that failed. */
  readonly earlier: readonly Earlier[]
  /** The property that was tried just before: its second plain conversation is this one's first. */
  readonly last?: Hunted | undefined
  /** What has come of this one. */
  readonly soFar?: SoFar | undefined
}

/** Milliseconds: to ask a server that answers nobody, and works, takes ten times its deadline. */
const DEAR_MS = 5_000

/**
 * Hunts a property with a plain conversation before it and one after. Where the first is not answered, nothing can be
 * tried; where only the second is not, our cases have broken the server.
 */
export async function betweenPlainTalks(
  property: Property,
  run: Run,
  until: number,
  { earlier, last, soFar }: Before,
): Promise<Hunted> {
  const { now } = run.table
  const began = now()
  const { sum, tookMs } = soFar ?? { sum: NOTHING_EXPLORED, tookMs: 0 }
  const untried = (verdict: 'inconclusive' | 'error', why: string): Hunted => ({
    result: { ...figures(property, sum, now() - began + tookMs), verdict, why },
  })
  const usedUpBy = run.target.restart === undefined ? (last?.usedUpBy ?? failedLast(last)) : undefined
  const since = usedUpBy && ` (since ${usedUpBy} failed; start it again, or let tornwire do that with --exec)`
  const notTried = (trouble: string): Hunted => ({
    ...(sum.cases === 0
      ? untried('error', `not tried: ${trouble}${since ?? ''}`)
      : untried('inconclusive', `tried no further after ${sum.cases} cases: ${trouble}${since ?? ''}`)),
    ...(usedUpBy === undefined ? {} : { usedUpBy }),
  })
  if (run.interrupted.aborted) return untried('inconclusive', 'interrupted before the first case')
  if (last?.mute !== undefined) return { ...notTried(last.mute), mute: last.mute }
  const before = last?.result.verdict === 'pass' ? undefined : await troubleAfresh(run)
  if (before !== undefined) {
    const isMute = run.target.restart === undefined && now() - began > DEAR_MS
    return { ...notTried(before), ...(isMute ? { mute: before } : {}) }
  }
  try {
    const hunted = await hunt(property, run, until, earlier, soFar)
    return hunted.result.verdict === 'pass' ? await stillTalking(property, run, hunted) : hunted
  } catch (error) {
    if (error instanceof ProtocolFault) return untried('inconclusive', error.message)
    throw error
  }
}

function failedLast(last: Hunted | undefined): string | undefined {
  return last?.result.verdict === 'fail' ? last.result.id : undefined
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
