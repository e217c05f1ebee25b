import type * as z from 'zod'
import { oneLine, safeJson } from './escape.ts'
import type { Report } from './report.ts'
import { reportSchema } from './report-schema.ts'
import type { Transcript } from './transcript.ts'

/** A report that cannot be read or written. The message names the file, what is wrong, where, and what to do. */
export class ReportError extends Error {
  override readonly name = 'ReportError'
}

/** The JSON text of a report. Nothing is checked here: a result is kept also when something about it is odd. */
export function reportToJson(report: Report): string {
  return `${safeJson(laidOut(plain(withoutBulk(report))))}\n`
}

/** Of what one connection received, a report keeps this many bytes; of what was left behind, as many UTF-16 units. */
const MOST_KEPT = 65_536

/** To play a case again takes nothing of what was received, and a flood of it makes nothing clearer. */
function withoutBulk(report: Report): Report {
  const transcripts = report.transcripts.map((transcript) => ({
    ...transcript,
    ...firstOf(transcript.observed),
    connections: transcript.connections.map((account) =>
      account.received.length <= MOST_KEPT
        ? account
        : { ...account, received: account.received.subarray(0, MOST_KEPT), receivedLength: account.received.length },
    ),
  }))
  return { ...report, transcripts }
}

function firstOf(observed: string | undefined): Pick<Transcript, 'observed' | 'observedLength'> {
  if (observed === undefined || observed.length <= MOST_KEPT) return {}
  return { observed: observed.slice(0, MOST_KEPT), observedLength: observed.length }
}

/** The report in a JSON text. Throws `ReportError` without the file's name. */
export function reportFromJson(text: string): Report {
  const raw = parsed(text)
  const format = isObject(raw) ? raw.tornwire : undefined
  if (format === undefined) throw new ReportError('is not a tornwire report: it has no key "tornwire"')
  if (typeof format === 'number' && format > 1) {
    throw new ReportError(
      `has report format ${format}, and this tornwire reads format 1: update tornwire (npm install tornwire@latest)`,
    )
  }
  const result = reportSchema.safeParse(raw)
  if (!result.success) throw new ReportError(explained(result.error, raw))
  return result.data
}

/** The same value with byte strings as hex and the keys of objects in their order; `sorted`: in alphabetical order. */
export function plain(value: unknown, sorted = false): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')
  if (Array.isArray(value)) return value.map((item) => plain(item, sorted))
  if (!isObject(value)) return value
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  if (sorted) entries.sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item, sorted)]))
}

const LINE_WIDTH = 110

/** JSON for people: what fits is on one line, so that a step, an event or a list of cuts is read at a glance. */
function laidOut(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const entries: [string, string][] = Object.entries(value).map(([key, item]) => [
    Array.isArray(value) ? '' : `${JSON.stringify(key)}:`,
    laidOut(item, inner),
  ])
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const width = entries.reduce((total, [key, item]) => total + key.length + item.length + 1, indent.length + 1)
  const isFlat = indent !== '' && width <= LINE_WIDTH && entries.every(([, item]) => !item.includes('\n'))
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'number')
  if (isFlat || isList) return `${open}${entries.map(([key, item]) => key + item).join(',')}${close}`
  const lines = entries.map(([key, item]) => `${inner}${key === '' ? '' : `${key} `}${item}`)
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

function parsed(text: string): unknown {
  if (text.trim() === '') throw new ReportError('is empty: the run that wrote it may have found no room on the disk')
  if (state(text) === 'whole') return JSON.parse(text)
  const short = state(text) === 'short'
  const before = (short ? text : text.slice(0, firstWrong(text))).split('\n')
  const where = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  throw new ReportError(
    short ? `is cut short: the JSON ends in the middle, at ${where}` : `is not JSON: it cannot be read from ${where}`,
  )
}

/** Whether a text is JSON, the beginning of some JSON, or neither. Not every error of Node tells a position. */
function state(text: string): 'whole' | 'short' | 'wrong' {
  try {
    JSON.parse(text)
    return 'whole'
  } catch (error) {
    const { message } = error as Error
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? -1)
    return position >= text.length || /end of JSON|Unterminated/.test(message) ? 'short' : 'wrong'
  }
}

/** Where a text stops to be the beginning of JSON. */
function firstWrong(text: string): number {
  let good = 0
  let wrong = text.length
  while (wrong - good > 1) {
    const middle = (good + wrong) >> 1
    if (state(text.slice(0, middle)) === 'wrong') wrong = middle
    else good = middle
  }
  return good
}

/** The first thing that is wrong: which field, what it holds, what is allowed. */
function explained(error: z.ZodError, raw: unknown): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'does not have the form of a report'
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : ''
  const where = fieldName(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return `has unknown keys in ${where}: ${issue.keys.map((key) => oneLine(JSON.stringify(key), 80)).join(', ')}${more}`
  }
  const held = issue.path.reduce<unknown>((at, key) => (isObject(at) ? at[String(key)] : undefined), raw)
  if (held === undefined) return `lacks ${where}${more}`
  return `is wrong in ${where}, which holds ${oneLine(JSON.stringify(held), 60)}: ${allowed(issue)}${more}`
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)) {
    return `allowed are ${issue.options.map((option) => JSON.stringify(option)).join(', ')}`
  }
  if (issue.code === 'invalid_value') return `allowed are ${issue.values.map((v) => JSON.stringify(v)).join(', ')}`
  if (issue.code === 'invalid_type') return `must be of type ${issue.expected}`
  return oneLine(issue.message, 200)
}

function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the report'
  return path.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at > 0 ? '.' : ''}${String(key)}`)).join('')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
