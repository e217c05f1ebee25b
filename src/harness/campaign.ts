// A whole run: reach the server, talk to it plainly, play old reports again, try each property between two plain
// conversations, and say what it all came to.

import { excusesAfter, type Lenience, weighed } from './baseline/weigh.ts'
import { monotonic } from './clock.ts'
import type { Hunted } from './hunt/hunted.ts'
import { replayKnown } from './hunt/known.ts'
import type { Run } from './hunt/run.ts'
import { overall } from './overall.ts'
import { acquaint } from './plain-talk.ts'
import type { Table } from './play.ts'
import type { Property } from './property.ts'
import type { Protocol } from './protocol.ts'
import type { Report } from './report.ts'
import type { Observer, Outcome, PropertyResult, RunResult } from './result.ts'
import { inRounds } from './rounds.ts'
import { sightOf } from './sight.ts'
import { onStage } from './stage.ts'
import { type Target, TargetError } from './target/target.ts'
import { weaknesses } from './weaknesses.ts'

export interface CampaignOptions extends Lenience {
  readonly tool: { readonly name: string; readonly version: string }
  readonly target: Target
  readonly protocol: Protocol
  readonly protocolFile?: string
  /** In the order in which they are tried. */
  readonly properties: readonly Property[]
  /** The plain conversation. */
  readonly sanity: Property
  readonly seed: number
  /** Cases per property at the most. */
  readonly runs: number
  /** Milliseconds for all properties together; what shrinking and confirming take comes on top. */
  readonly timeMs: number
  /** Milliseconds that one shrink may take; 20 s without it. */
  readonly shrinkMs?: number
  readonly concurrency: number
  readonly reportDir: string
  readonly interrupted: AbortSignal
  readonly observer: Observer
  /** Shows the failure of a property on the terminal: its report's page and the command that plays it again. */
  readonly details: (report: Report, path: string) => { replay: string; page: string }
}

/** Runs a campaign. Rejects only for a bug of ours; what is wrong with the target is a verdict. */
export async function campaign(options: CampaignOptions): Promise<RunResult> {
  const began = monotonic()
  const result = await onStage(options.target, options.interrupted, (table) => tryAll(options, table, began)).catch(
    (error: unknown) => {
      if (!(error instanceof TargetError)) throw error
      return finish(options, [], began, { verdict: 'error', why: error.message })
    },
  )
  options.observer.ended?.(result)
  return result
}

async function tryAll(options: CampaignOptions, table: Table, began: number): Promise<RunResult> {
  const { target, protocol, seed, observer } = options
  const { patience, servesTwo } = await acquaint(options, table)
  const run: Run = { ...options, table, patience, servesTwo, concurrency: servesTwo ? options.concurrency : 1 }
  const sight = await sightOf(table)
  const properties = options.properties.filter(
    ({ notFor, looksAt }) => notFor?.(protocol) === undefined && (looksAt === undefined || sight.has(looksAt)),
  )
  const ids = properties.map(({ id }) => id)
  observer.started?.({
    target: target.name,
    protocol: protocol.name,
    seed,
    barrier: table.barrier.why,
    properties: ids,
  })
  const known = await replayKnown(properties, run)
  const results: PropertyResult[] = []
  const problems: string[] = known.unreadable.map((message) => `an earlier report was not replayed: ${message}`)
  for await (const hunted of inRounds(properties, run, table.now() + options.timeMs, known.failing)) {
    const result = weighed(hunted.result, results, options)
    results.push(result)
    problems.push(...[hunted.problem, hunted.weakness].filter((problem) => problem !== undefined))
    observer.propertyEnded?.(result, detailsOf(options, hunted))
  }
  results.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
  return finish(options, results, began, undefined, [...problems, ...weaknesses(results, table.barrier, !servesTwo)])
}

function detailsOf(options: CampaignOptions, { result, report }: Hunted): { replay: string; page: string } | undefined {
  const path = result.failure?.case
  return report === undefined || path === undefined ? undefined : options.details(report, path)
}

function finish(
  options: CampaignOptions,
  properties: readonly PropertyResult[],
  began: number,
  trouble: { verdict: Outcome; why: string } | undefined,
  warnings: readonly string[] = [],
): RunResult {
  const { tool, target, protocol, seed, interrupted, baseline } = options
  const excuses = baseline && excusesAfter(baseline, properties)
  return {
    tool,
    target: target.name,
    protocol: protocol.name,
    seed,
    ...(trouble ?? overall(properties, excuses)),
    ...(interrupted.aborted ? { interrupted: true } : {}),
    durationMs: monotonic() - began,
    warnings,
    properties,
    ...(baseline && excuses && { baseline: { file: baseline.file, excuses } }),
  }
}
