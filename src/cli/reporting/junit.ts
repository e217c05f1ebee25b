import { oneLine } from '../../harness/escape.ts'
import type { Observer, RunResult } from '../../harness/result.ts'
import { casesOf, junitDocument } from './junit-document.ts'
import type { OutputFile } from './output-file.ts'
import { type RunRecord, recording } from './run-record.ts'
import { tapDocument } from './tap-document.ts'
import { type Conversion, type ConvertedCase, tapToJunit } from './tap-junit.ts'

/** Keeps the file of `--junit`. */
export interface JunitReport {
  readonly observer: Observer
  /** Resolves when the file holds all that was told so far. */
  settled(): Promise<void>
}

/**
 * The run's TAP goes through tap-junit and is completed, after each property. While one conversion runs, only the newest
 * record waits for the next. If tap-junit fails, `warn` is told once, and the file is written without it.
 */
export function junitReport(
  file: OutputFile,
  tool: RunResult['tool'],
  now: () => number,
  warn: (line: string) => void,
  convert: (tap: string) => Promise<Conversion> = tapToJunit,
): JunitReport {
  let newest: RunRecord | undefined
  let working: Promise<void> | undefined
  const casesFor = converter(convert, warn)
  const work = async () => {
    while (newest !== undefined) {
      const record = newest
      newest = undefined
      file.write(junitDocument(record, await casesFor(record)), record.result !== undefined)
    }
    working = undefined
  }
  const observer = recording(tool, now, (record) => {
    newest = record
    working ??= work()
  })
  return { observer, settled: async () => working }
}

/** The test cases of a record by tap-junit, and from its first failure on by ourselves. */
function converter(
  convert: (tap: string) => Promise<Conversion>,
  warn: (line: string) => void,
): (record: RunRecord) => Promise<readonly ConvertedCase[]> {
  let usable = true
  return async (record) => {
    if (!usable) return casesOf(record)
    const conversion = checked(await convert(tapDocument(record)), record)
    if (conversion.ok) return conversion.cases
    usable = false
    warn(`tap-junit failed (${oneLine(conversion.why, 300)}); the JUnit file is written without it`)
    return casesOf(record)
  }
}

/** A conversion that lost, added or misread a property is none: a report must not lie. */
function checked(conversion: Conversion, record: RunRecord): Conversion {
  if (!conversion.ok) return conversion
  const due = casesOf(record).map(({ number, outcome }) => `${number} ${outcome}`)
  const made = conversion.cases.map(({ number, outcome }) => `${number} ${outcome}`)
  if (due.join() === made.join()) return conversion
  return { ok: false, why: `of ${due.length} test points it made ${made.length} test cases, or read one otherwise` }
}
