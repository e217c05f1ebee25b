import { reportPage } from '../../../harness/report-page.ts'
import type { Observer, Outcome, PropertyResult, RunResult } from '../../../harness/result.ts'
import { sampleReport } from '../../../harness/testing/sample-report.ts'
import { type RunRecord, recording } from '../run-record.ts'

export const TOOL = { name: 'tornwire', version: '0.1.0' }

const CASE = 'reports/any/half-close/answer-missing-01234567.json'

/** One property's result; every text that a server or a person could have made is `text`. */
export function sampleResult(verdict: Outcome, id: string = verdict, text = 'some text'): PropertyResult {
  const result = {
    id,
    level: 'must' as const,
    verdict,
    cases: 120,
    conversations: 240,
    cuts: { requested: 400, proven: 399 },
    durationMs: 1_500,
  }
  if (verdict === 'pass') return result
  if (verdict !== 'fail') return { ...result, why: text }
  const size = { connections: 1, frames: 1, cuts: 0, bytes: 1 }
  const found = { rule: text, expected: text, actual: text, case: CASE, casesToFailure: 12, shrinks: 34 }
  return { ...result, failure: { ...found, ...size, confirmed: { failed: 5, tried: 5 } } }
}

/** The result of a whole run. */
export function sampleRun(properties: readonly PropertyResult[], changed: Partial<RunResult> = {}): RunResult {
  const worst = (['error', 'fail', 'inconclusive'] as const).find((bad) =>
    properties.some((one) => one.verdict === bad),
  )
  return {
    tool: TOOL,
    target: '127.0.0.1:7000',
    protocol: 'frame',
    seed: 42,
    verdict: worst ?? 'pass',
    durationMs: 12_345,
    warnings: [],
    properties,
    ...changed,
  }
}

/** Tells an observer of a run: its start, these properties and, where a result is given, its end. */
export function tell(
  observer: Observer,
  announced: readonly string[],
  properties: readonly PropertyResult[],
  result?: RunResult,
  text = 'some text',
): void {
  const { target, protocol, seed } = result ?? sampleRun([])
  observer.started?.({ target, protocol, seed, barrier: 'sock_diag', properties: announced })
  for (const property of properties) {
    observer.propertyStarted?.(property.id, text)
    const page = reportPage(sampleReport({ expected: text, actual: text, server: { output: text } }), CASE)
    const details = property.failure === undefined ? undefined : { replay: `npx tornwire replay ${CASE}`, page }
    observer.propertyEnded?.(property, details)
  }
  if (result !== undefined) observer.ended?.(result)
}

/** The record of such a run, at its end or before. */
export function recordOf(
  announced: readonly string[],
  properties: readonly PropertyResult[],
  result?: RunResult,
  text?: string,
): RunRecord {
  let newest: RunRecord | undefined
  tell(
    recording(
      TOOL,
      () => 1_700_000_000_000,
      (record) => {
        newest = record
      },
    ),
    announced,
    properties,
    result,
    text,
  )
  return newest!
}

/** A stream that keeps what is written to it. */
export class Screen {
  text = ''
  readonly isTTY: boolean
  readonly columns = 100
  readonly rows: number
  constructor(isTTY = false, rows = 24) {
    this.isTTY = isTTY
    this.rows = rows
  }
  write(text: string): boolean {
    this.text += text
    return true
  }
  on(): this {
    return this
  }
  get stream(): NodeJS.WritableStream {
    return this as unknown as NodeJS.WritableStream
  }
}
