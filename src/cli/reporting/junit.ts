import { oneLine } from '../../harness/escape.ts'
import type { Observer, RunResult } from '../../harness/result.ts'
import { casesOf, junitDocument } from './junit-document.ts'
import type { OutputFile } from './output-file.ts'
import { type RunRecord, recording } from './run-record.ts'
import { tapDocument } from './tap-document.ts'
import { type Conversion, tapToJunit } from './tap-junit.ts'

/** Keeps the file of `--junit`. */
export interface JunitReport {
  readonly observer: Observer
  /** Resolves when the file holds all that was told so far. */
  settled(): Promise<void>
}

/**
 * The file is whole after each property. When the run is over, its TAP goes through tap-junit and is completed; if tap-junit
 * fails, `warn` is told, and the file is written without it.
 */
export function junitReport(
  file: OutputFile,
  tool: RunResult['tool'],
  now: () => number,
  warn: (line: string) => void,
  convert: (tap: string) => Promise<Conversion> = tapToJunit,
): JunitReport {
  let working: Promise<void> | undefined
  const finish = async (record: RunRecord): Promise<void> => {
    const conversion = checked(await convert(tapDocument(record)), record)
    if (!conversion.ok) warn(`tap-junit failed (${oneLine(conversion.why, 300)}); the JUnit file is written without it`)
    file.write(junitDocument(record, conversion.ok ? conversion.cases : casesOf(record)), true)
  }
  const observer = recording(tool, now, (record) => {
    if (record.result === undefined) file.write(junitDocument(record, casesOf(record)), false)
    else working = finish(record)
  })
  return { observer, settled: async () => working }
}

/** A conversion that lost, added or misread a property is none: a report must not lie. */
function checked(conversion: Conversion, record: RunRecord): Conversion {
  if (!conversion.ok) return conversion
  const due = casesOf(record).map(({ number, outcome }) => `${number} ${outcome}`)
  const made = conversion.cases.map(({ number, outcome }) => `${number} ${outcome}`)
  if (due.join() === made.join()) return conversion
  return { ok: false, why: `of ${due.length} test points it made ${made.length} test cases, or read one otherwise` }
}
