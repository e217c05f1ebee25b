import { countsAsFailure } from '../../harness/baseline/weigh.ts'
import { safeJson } from '../../harness/escape.ts'
import type { Observer, Outcome, RunResult } from '../../harness/result.ts'
import type { OutputFile } from './output-file.ts'
import { type RunRecord, recording } from './run-record.ts'

/** Keeps the file of `--json`. While the run goes on it holds what is known so far, and says that it is not the end. */
export function jsonReport(file: OutputFile, tool: RunResult['tool'], now: () => number): Observer {
  return recording(tool, now, (record) => file.write(resultJson(record), record.result !== undefined))
}

/** The JSON text of a run, ended or not. */
export function resultJson(record: RunRecord): string {
  return `${safeJson(JSON.stringify(record.result ?? soFar(record), null, 2))}\n`
}

/** A run that may never say more: what failed has failed, and nothing has passed before all was tried. */
function soFar(record: RunRecord): RunResult {
  const { tool, target, protocol, seed, results } = record
  const left = Math.max(0, record.announced.length - results.length)
  const isError = results.some((result) => result.verdict === 'error')
  const verdict: Outcome = results.some(countsAsFailure) ? 'fail' : isError ? 'error' : 'inconclusive'
  const why = `the run has not ended: ${left} of ${record.announced.length} properties are still to be tried, or to be tried further`
  return {
    tool,
    target,
    protocol,
    seed,
    verdict,
    why,
    interrupted: true,
    durationMs: record.elapsedMs,
    warnings: [],
    properties: results,
  }
}
