// A few cases of every claim come before many of any. Most bugs show in the first cases of the claim that they break: so
// they are told of at once, those of the last claim too, and where time is short every claim has had some of it.

import { betweenPlainTalks } from './between-plain-talks.ts'
import type { Earlier } from './hunt/explained.ts'
import { concluded, type Hunted, type SoFar } from './hunt/hunted.ts'
import type { Run } from './hunt/run.ts'
import { casesOf, type Property } from './property.ts'
import { timeShare } from './time-share.ts'

/** Cases of each claim in the first round. */
const FIRST_LOOK = 100

/** A property, and what it came to. */
export interface Tried {
  readonly property: Property
  readonly hunted: Hunted
}

/** A property that is to be tried, or tried further. */
interface Untried {
  readonly property: Property
  readonly soFar?: SoFar
}

/**
 * Tries the properties, all of them together until the run's clock shows `until` (milliseconds), and gives each as soon as
 * it is known what it comes to. `known`: those that fail before anything is tried, by id.
 */
export async function* inRounds(
  properties: readonly Property[],
  run: Run,
  until: number,
  known: ReadonlyMap<string, Hunted>,
): AsyncGenerator<Tried, void, void> {
  const { now } = run.table
  const earlier: Earlier[] = []
  let untried: Untried[] = properties.map((property) => ({ property }))
  let last: Hunted | undefined
  for (const runs of run.runs > FIRST_LOOK ? [FIRST_LOOK, run.runs] : [run.runs]) {
    const next: Untried[] = []
    for (const [at, { property, soFar }] of untried.entries()) {
      if (soFar === undefined) run.observer.propertyStarted?.(property.id, property.claim)
      const leftMs = Math.max(0, until - now())
      const shareMs = leftMs * timeShare(untried.slice(at).map((each) => each.property))
      const isOver = leftMs === 0 || run.interrupted.aborted
      const told = known.get(property.id) ?? (isOver && soFar ? concluded(property, run, soFar) : undefined)
      const hunted =
        told ?? (await betweenPlainTalks(property, { ...run, runs }, now() + shareMs, { earlier, last, soFar }))
      if (told === undefined) last = hunted
      if (hunted.soFar !== undefined && runs < run.runs && hunted.soFar.sum.cases < casesOf(property, run.runs)) {
        next.push({ property, soFar: hunted.soFar })
        continue
      }
      const { failure } = hunted.result
      // One that comes now and then explains nothing that comes each time.
      if (failure !== undefined && failure.confirmed.failed === failure.confirmed.tried)
        earlier.push({ property, failure })
      yield { property, hunted }
    }
    untried = next
  }
}
