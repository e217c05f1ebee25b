import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { whyNotWritten, writeAtomically } from './atomic-file.ts'
import type { Report } from './report.ts'
import { plain, ReportError, reportFromJson, reportToJson } from './report-json.ts'
import { reportPage } from './report-page.ts'

export { ReportError }

/** One report that is written again and again while its case is being shrunk. Nothing here throws. */
export interface ReportFile {
  /** Replaces the file by this report, so that an end at any time leaves the best case so far. */
  save(report: Report): void
  /** Writes the last state under the name of its case, removes the working copy and gives the path. */
  finish(report: Report): string
  /** Removes what was saved. */
  discard(): void
  /** Why the last `save` or `finish` could not write, if it could not: a sentence for a person. */
  readonly problem: string | undefined
}

/**
 * Opens the report of one failure. While shrinking it has the name of the first case that was saved, so that two runs
 * in one folder do not touch each other's, and a case that failed earlier is replaced by the smaller one.
 */
export function openReport(dir: string): ReportFile {
  let working: string | undefined
  let problem: string | undefined
  const write = (path: string, report: Report) => {
    problem = problemOf(path, () => writeBoth(path, report))
  }
  return {
    save(report) {
      working ??= pathOf(dir, report)
      write(working, report)
    },
    finish(report) {
      const path = pathOf(dir, report)
      write(path, report)
      if (working !== undefined && working !== path && problem === undefined)
        problem = problemOf(working, () => remove(working!))
      return path
    },
    discard() {
      if (working !== undefined) problem = problemOf(working, () => remove(working!))
    },
    get problem() {
      return problem
    },
  }
}

/** Writes `<dir>/<property>/<rule>-<hash>.json`, the `.md` page beside it, and gives the path. Throws `ReportError`. */
export function writeReport(dir: string, report: Report): string {
  const file = openReport(dir)
  const path = file.finish(report)
  if (file.problem !== undefined) throw new ReportError(file.problem)
  return path
}

/** The report in a file. Throws `ReportError`, which says what is wrong with it, where, and what to do. */
export function readReport(path: string): Report {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new ReportError(`cannot read ${path}: ${whyNotRead(error)}`)
  }
  try {
    return reportFromJson(text)
  } catch (error) {
    if (error instanceof ReportError) throw new ReportError(`${path} ${error.message}`)
    throw error
  }
}

/** A report found below a folder, or why it cannot be used. */
export type Found =
  | { readonly path: string; readonly report: Report }
  | { readonly path: string; readonly error: ReportError }

/** All report files below a folder, by path. A folder that does not exist holds none. */
export function listReports(dir: string): Found[] {
  return jsonFilesBelow(dir).map((path) => {
    try {
      return { path, report: readReport(path) }
    } catch (error) {
      if (error instanceof ReportError) return { path, error }
      throw error
    }
  })
}

/** Where a report belongs: one folder for each part of the property's id, then rule and hash of the case. */
export function pathOf(dir: string, report: Pick<Report, 'property' | 'rule' | 'case'>): string {
  const identity = JSON.stringify(plain([report.property, report.rule, report.case], true))
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 8)
  return join(dir, ...report.property.split('/').map(fileName), `${fileName(report.rule)}-${hash}.json`)
}

/** A part of an id as a file name: nothing in it can leave the folder, whatever a report from elsewhere says. */
function fileName(part: string): string {
  const safe = part.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 80)
  return /^\.*$/.test(safe) ? '_' : safe
}

function writeBoth(path: string, report: Report): void {
  writeAtomically(path, reportToJson(report))
  writeAtomically(pageBeside(path), reportPage(report, path))
}

function pageBeside(path: string): string {
  return path.replace(/\.json$/, '.md')
}

function remove(path: string): void {
  rmSync(path, { force: true })
  rmSync(pageBeside(path), { force: true })
}

function problemOf(path: string, write: () => void): string | undefined {
  try {
    write()
    return undefined
  } catch (error) {
    return `cannot write ${path}: ${whyNotWritten(error)}`
  }
}

function whyNotRead(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder; name one of the .json files in it'
  if (code === 'EACCES' || code === 'EPERM') return `no permission (${code}); change its rights or run as its owner`
  return whyNotWritten(error)
}

function jsonFilesBelow(dir: string): string[] {
  try {
    const names = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(dir, name))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new ReportError(`cannot list the reports in ${dir}: ${whyNotWritten(error)}`)
  }
}
