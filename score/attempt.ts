// One run against one server, as `tornwire fuzz` does it; where a bug is looked for, it ends with the first failure.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sanity } from '../properties/sanity.ts'
import { serveInto } from '../src/cli/served-dir.ts'
import { tool } from '../src/cli/tool.ts'
import { campaign } from '../src/harness/campaign.ts'
import { monotonic } from '../src/harness/clock.ts'
import type { Observer, PropertyResult, RunResult } from '../src/harness/result.ts'
import type { Entrant, Size } from './entrant.ts'

/** What a run came to. */
export interface Attempt {
  readonly seed: number
  /** `found`: by a claim that speaks of the bug. `otherwise`: something else failed. `missed`: nothing failed. */
  readonly verdict: 'found' | 'otherwise' | 'missed' | 'clean' | 'false-alarm' | 'error'
  /** Property and rule of the first failure; in words what was wrong, where the verdict is `error`. */
  readonly rule: string
  /** Tried up to the failure, or in all. */
  readonly cases: number
  /** To the first sight of the failure, or in all. */
  readonly seconds: number
  /** To the end of shrinking and confirming. This and what follows is missing where nothing was shrunk. */
  readonly secondsShrunk?: number
  readonly size?: Size
  readonly confirmed?: { readonly failed: number; readonly tried: number }
}

/**
 * Never rejects for what a server does. Without `shrinks` a run in which a bug is looked for ends as soon as a case has
 * failed again alone; what fails on a right server is shrunk and confirmed in any case.
 */
export async function attempt(
  entrant: Entrant,
  seed: number,
  shrinks: boolean,
  interrupted: AbortSignal,
): Promise<Attempt> {
  const reportDir = mkdtempSync(join(tmpdir(), 'tornwire-score-'))
  const removeServed = serveInto('builtin:', entrant.protocol)
  const over = new AbortController()
  const seeksBug = entrant.expected !== undefined
  const watch = new Watch((what) => {
    if (seeksBug && (what === 'over' || !shrinks)) over.abort()
  })
  try {
    const result = await campaign({
      tool,
      target: await entrant.open(),
      protocol: entrant.protocol,
      properties: entrant.properties,
      sanity,
      seed,
      ...entrant.budget,
      concurrency: entrant.concurrency,
      reportDir,
      interrupted: AbortSignal.any([interrupted, over.signal]),
      observer: watch.observer,
      details: () => ({ replay: '', page: '' }),
    })
    return { ...judge(entrant, seed, watch, result), ...(shrinks || !seeksBug ? shrunkIn(watch) : {}) }
  } finally {
    removeServed()
    rmSync(reportDir, { recursive: true, force: true })
  }
}

/** How far a failure is: it has failed again alone, and is about to be shrunk; or all of that is over. */
type Milestone = 'isolated' | 'over'

/** Takes times. Failures are seen when a property goes from trying to confirming. */
class Watch {
  failed: PropertyResult | undefined
  cases = 0
  seconds = 0
  secondsShrunk = 0
  readonly observer: Observer
  /** When the cases of each property were left to confirm a failure, in seconds. */
  readonly #seen = new Map<string, number>()

  constructor(reached: (what: Milestone) => void) {
    const began = monotonic()
    const elapsed = (): number => (monotonic() - began) / 1000
    this.observer = {
      progress: ({ id, doing }) => {
        if (doing !== 'trying' && !this.#seen.has(id)) this.#seen.set(id, elapsed())
        // What did not fail again was no failure.
        if (doing === 'trying') this.#seen.delete(id)
        if (doing === 'shrinking') reached('isolated')
      },
      propertyEnded: (result) => {
        this.cases += result.cases
        if (result.failure === undefined || this.failed !== undefined) return
        this.failed = result
        this.secondsShrunk = elapsed()
        this.seconds = this.#seen.get(result.id) ?? this.secondsShrunk
        reached('over')
      },
      ended: () => {
        if (this.failed === undefined) this.seconds = elapsed()
      },
    }
  }
}

function judge({ expected }: Entrant, seed: number, watch: Watch, result: RunResult): Attempt {
  const { failed, seconds } = watch
  if (failed?.failure === undefined) {
    const problem = result.properties.find(({ verdict }) => verdict !== 'pass')
    const why = result.why ?? problem?.why ?? ''
    const isRight = result.verdict === 'pass'
    const verdict = isRight ? (expected === undefined ? 'clean' : 'missed') : 'error'
    return { seed, verdict, rule: isRight ? '' : `${problem?.id ?? ''} ${why}`.trim(), cases: watch.cases, seconds }
  }
  const { rule, casesToFailure } = failed.failure
  return {
    seed,
    verdict: expected === undefined ? 'false-alarm' : isExpected(failed.id, rule, expected) ? 'found' : 'otherwise',
    rule: `${failed.id} ${rule}`,
    cases: casesToFailure,
    seconds,
  }
}

function shrunkIn({ failed, secondsShrunk }: Watch): Pick<Attempt, 'secondsShrunk' | 'size' | 'confirmed'> {
  if (failed?.failure === undefined) return {}
  const { connections, frames, cuts, bytes, confirmed } = failed.failure
  return { secondsShrunk, size: { connections, frames, cuts, bytes }, confirmed }
}

function isExpected(property: string, rule: string, expected: NonNullable<Entrant['expected']>): boolean {
  return (property === expected.property && rule === expected.rule) || expected.also.includes(property)
}
