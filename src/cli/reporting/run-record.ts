import { unneededText } from '../../harness/overall.ts'
import type { Observer, Outcome, PropertyResult, Replayed, RunResult } from '../../harness/result.ts'
import { excuseName } from './lenience-text.ts'

/** What is known of a run at some moment: what the files of a run are made of, whether it has ended or not. */
export interface RunRecord {
  readonly tool: RunResult['tool']
  readonly target: string
  readonly protocol: string
  readonly seed: number
  /** How cuts are proven, in words. */
  readonly barrier: string
  /** When the run began, in milliseconds since 1970. */
  readonly startedAt: number
  /** How long it has been going on, in milliseconds. */
  readonly elapsedMs: number
  /** Ids of all properties that are to be tried, in order. */
  readonly announced: readonly string[]
  readonly claims: Readonly<Record<string, string>>
  readonly replayed: readonly Replayed[]
  readonly results: readonly PropertyResult[]
  /** Of the properties that failed, by id. */
  readonly details: Readonly<Record<string, Details>>
  /** The last word, once the run has ended. */
  readonly result?: RunResult
}

/** The command that plays a failure again, and the page about it. */
export interface Details {
  readonly replay: string
  readonly page: string
}

/** One property in a file: tried, with its result, or `untried` and why. Or an excuse that is not needed: `fail` and why. */
export interface Point {
  readonly id: string
  readonly verdict: Outcome | 'untried'
  readonly why: string
  readonly result?: PropertyResult
  readonly details?: Details
}

/** An observer that keeps the record and hands it on when the run starts, a property ends, and the run ends. */
export function recording(tool: RunResult['tool'], now: () => number, changed: (record: RunRecord) => void): Observer {
  let record: RunRecord = { ...nothing(tool), startedAt: now() }
  const learn = (news: Partial<RunRecord>) => {
    record = { ...record, ...news, elapsedMs: now() - record.startedAt }
  }
  return {
    started({ target, protocol, seed, barrier, properties }) {
      learn({ target, protocol, seed, barrier, announced: properties, startedAt: now() })
      changed(record)
    },
    replayed: (replayed) => learn({ replayed: [...record.replayed, replayed] }),
    propertyStarted: (id, claim) => learn({ claims: { ...record.claims, [id]: claim } }),
    propertyEnded(result, details) {
      learn({ results: [...record.results, result] })
      if (details !== undefined) learn({ details: { ...record.details, [result.id]: details } })
      changed(record)
    },
    ended(result) {
      const { target, protocol, seed } = result
      learn({ target, protocol, seed, result, results: result.properties })
      changed(record)
    },
  }
}

/** A run in the order of its files: properties tried, those announced and not tried, and excuses that are not needed. */
export function pointsOf(record: RunRecord): Point[] {
  const tried = record.results.map((result): Point => {
    const details = record.details[result.id]
    return { id: result.id, verdict: result.verdict, why: result.why ?? '', result, ...(details && { details }) }
  })
  if (targetTrouble(record) !== undefined) return tried
  const seen = new Set(record.results.map((result) => result.id))
  const why = record.result === undefined ? 'not tried yet' : `not tried: ${endOf(record.result)}`
  const rest = record.announced.filter((id) => !seen.has(id))
  return [...tried, ...rest.map((id): Point => ({ id, verdict: 'untried', why })), ...unneeded(record.result)]
}

function unneeded(result: RunResult | undefined): Point[] {
  const { file = '', excuses = [] } = result?.baseline ?? {}
  const found = excuses.filter(({ state }) => state === 'unneeded')
  return found.map((excuse) => ({ id: excuseName(file, excuse), verdict: 'fail', why: unneededText(excuse) }))
}

/** Why the run as a whole came to nothing (the target cannot be used), or `undefined` where it did not. */
export function targetTrouble(record: RunRecord): string | undefined {
  const { result } = record
  if (result?.verdict !== 'error' || result.properties.some((property) => property.verdict === 'error'))
    return undefined
  return result.why ?? 'the target cannot be used'
}

function endOf(result: RunResult): string {
  if (result.interrupted) return 'the run was interrupted'
  return result.why ?? 'the run ended before it'
}

function nothing(tool: RunResult['tool']): RunRecord {
  const empty = { announced: [], claims: {}, replayed: [], results: [], details: {} }
  return { tool, target: '', protocol: '', seed: 0, barrier: '', startedAt: 0, elapsedMs: 0, ...empty }
}
