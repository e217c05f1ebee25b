import type { Observer, RunResult } from '../../harness/result.ts'
import { coloursFor } from './colours.ts'
import { recording } from './run-record.ts'
import { summaryText } from './summary-text.ts'
import type { TextOut } from './text-out.ts'

/** Where and how the summary is shown. */
export interface SummaryOptions {
  readonly quiet: boolean
  readonly env: NodeJS.ProcessEnv
}

/** Lines of a screen where the stream does not tell. */
const USUAL_ROWS = 50

/** Writes what the run came to when it has ended. */
export function summary(
  out: TextOut,
  tool: RunResult['tool'],
  now: () => number,
  { quiet, env }: SummaryOptions,
): Observer {
  const stream = out.stream as NodeJS.WritableStream & { isTTY?: boolean; rows?: number }
  return recording(tool, now, (record) => {
    if (record.result === undefined) return
    const look = { colours: coloursFor(stream, env), rows: stream.rows ?? USUAL_ROWS, quiet }
    out.write(summaryText(record, record.result, look))
  })
}
