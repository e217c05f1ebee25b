// A few cases of every claim come before many of any. Most bugs show in the first cases of the claim that they break: so
// they are told of in the first seconds, those of the last claim too.

import { Allotment, comesLast } from './allotment.ts'
import { betweenPlainTalks } from './between-plain-talks.ts'
import type { Earlier } from './hunt/explained.ts'
import { concluded, type Hunted, type SoFar } from './hunt/hunted.ts'
import type { Run } from './hunt/run.ts'
import { casesOf, type Property } from './property.ts'

/** Plain cases of each claim in the first round; fewer where one costs more, more of claims that find more than others do. */
const FIRST_LOOK = 100

/** A property that is to be tried, or tried further. */
interface Untried {
  readonly property: Property
  readonly soFar?: SoFar
}

/**
 * Tries the properties, all of them together until the run's clock shows `until` (milliseconds), and later by as much as it
 * takes to shrink and confirm what fails, or where a few slow cases took what others must have. Gives each as soon as it is
 * known what it comes to. `known`: those that fail before anything is tried, by id.
 */
export async function* inRounds(
  properties: readonly Property[],
  run: Run,
  until: number,
  known: ReadonlyMap<string, Hunted>,
): AsyncGenerator<Hunted, void, void> {
  const allotment = new Allotment(properties, run.table.now, until)
  const turns = new Turns(properties, run, known)
  const isLong = run.runs > FIRST_LOOK
  const round = async function* (these: readonly Untried[], isFirst: boolean): AsyncGenerator<Hunted, Untried[], void> {
    const further: Untried[] = []
    for (const [at, one] of these.entries()) {
      const { property, soFar } = one
      const toCome = these.slice(at + 1).map((each) => each.property)
      const turnUntil = allotment.turnOf([property, ...toCome], soFar === undefined)
      const runs = isFirst ? Math.min(run.runs, FIRST_LOOK * (property.shares ?? 1)) : run.runs
      const hunted = await turns.take(one, runs, turnUntil)
      // To shrink a failure and confirm it takes no time from those that follow.
      if (hunted.report !== undefined) allotment.goesOnTop(turnUntil)
      if (isFirst && hunted.soFar && goesOn(property, hunted.soFar, run))
        further.push({ property, soFar: hunted.soFar })
      else {
        turns.over(property, hunted)
        yield hunted
      }
    }
    return further
  }
  const others: readonly Untried[] = properties.filter((each) => !comesLast(each)).map((property) => ({ property }))
  yield* round(isLong ? yield* round(others, true) : others, false)
  yield* round(
    properties.filter(comesLast).map((property) => ({ property })),
    false,
  )
}

/** Whether there are cases that have not been tried, and anybody to try them for. */
function goesOn(property: Property, { sum }: SoFar, { runs, interrupted }: Run): boolean {
  return sum.cases < casesOf(property, runs) && !interrupted.aborted
}

/** The turns of the properties, and what each of them leaves for those that follow. */
class Turns {
  readonly #order: readonly Property[]
  readonly #run: Run
  readonly #known: ReadonlyMap<string, Hunted>
  readonly #failed: Earlier[] = []
  /** What the last turn came to. */
  #last: Hunted | undefined

  constructor(order: readonly Property[], run: Run, known: ReadonlyMap<string, Hunted>) {
    this.#order = order
    this.#run = run
    this.#known = known
    // A server that nobody starts again may have been used up by an earlier report, played again.
    this.#last = [...known.values()].findLast(({ result }) => result.verdict === 'fail')
  }

  /** Tries up to so many cases of this one, in all turns together, until the run's clock shows `until` (milliseconds). */
  async take({ property, soFar }: Untried, runs: number, until: number): Promise<Hunted> {
    const { observer, interrupted, table, target } = this.#run
    if (soFar === undefined) observer.propertyStarted?.(property.id, property.claim)
    const known = this.#known.get(property.id)
    if (known !== undefined) return known
    if (soFar !== undefined) {
      if (interrupted.aborted || table.now() >= until) return concluded(property, this.#run, soFar)
      if (this.#last?.result.id !== property.id) observer.propertyResumed?.(property.id)
    }
    // What other claims' cases leave behind hides what this one looks for. Where no fresh server is to be had, it has all its
    // cases before they have most of theirs.
    const isHidden = property.onFresh && target.restart === undefined
    const run = isHidden ? this.#run : { ...this.#run, runs }
    this.#last = await betweenPlainTalks(property, run, until, {
      earlier: this.#before(property),
      last: this.#last,
      soFar,
    })
    return this.#last
  }

  /** This one is not tried any more. What comes now and then explains nothing that comes each time. */
  over(property: Property, { result: { failure } }: Hunted): void {
    if (failure !== undefined && failure.confirmed.failed === failure.confirmed.tried)
      this.#failed.push({ property, failure })
  }

  /** Those that failed of the simpler claims: a failure of a claim that comes after this one would hide what this one is about. */
  #before(property: Property): Earlier[] {
    const place = this.#order.indexOf(property)
    return this.#failed.filter((one) => this.#order.indexOf(one.property) < place)
  }
}
