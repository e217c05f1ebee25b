import type { Observer, RunResult } from '../../harness/result.ts'
import type { OutputFile } from './output-file.ts'
import { pointsOf, type RunRecord, recording } from './run-record.ts'
import { tapDocument, tapHead, tapPoint, tapTail } from './tap-document.ts'
import type { TextOut } from './text-out.ts'

/** Keeps the file of `--tap FILE`: after every property a whole TAP document. */
export function tapReport(file: OutputFile, tool: RunResult['tool'], now: () => number): Observer {
  return recording(tool, now, (record) => file.write(tapDocument(record), record.result !== undefined))
}

/**
 * `--tap -`: TAP as it happens, the plan last. A run that is interrupted gives the properties that it did not come to
 * as skipped; one that is killed has no plan, which every harness takes for a failure.
 */
export function tapStream(out: TextOut, tool: RunResult['tool'], now: () => number): Observer {
  let begun = false
  let written = 0
  return recording(tool, now, (record: RunRecord) => {
    if (!begun) out.write(tapHead(record))
    begun = true
    const points = pointsOf(record)
    const known = record.result === undefined ? record.results.length : points.length
    for (; written < known; written += 1) out.write(tapPoint(points[written]!, written + 1, record.seed))
    if (record.result !== undefined) out.write(tapTail(record))
  })
}
