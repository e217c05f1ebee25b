// A baseline: failures that are known and excused for a while, each with a reason. It is plain JSON: each excuse has a place
// for words of its own, and every program can read, write and check it.

import { inspect, mistakesBy } from '../definition/mistakes.ts'
import { excuseLines, type Lines } from './excuse-lines.ts'
import { type BaselineFile, baselineSchema } from './schema.ts'

/** A failure that is not to make a run fail, until a day. */
export interface Excuse {
  readonly property: string
  /** The rule that is broken; any without it. */
  readonly rule?: string
  readonly reason: string
  /** The last day on which it excuses, `2027-01-31`. */
  readonly expires: string
  /** Where it stands in its file: its first and last line, from 1. */
  readonly lines: Lines
}

/** The excuses of one file, on one day (`2026-11-30`). */
export interface Baseline {
  readonly file: string
  readonly today: string
  readonly excuses: readonly Excuse[]
}

export type ParsedBaseline =
  | { readonly ok: true; readonly baseline: Baseline }
  | { readonly ok: false; readonly mistakes: readonly string[] }

/** The baseline that a file's text holds. `ids`: of all properties that there are, tried in this run or not. */
export function parseBaseline(text: string, file: string, today: string, ids: readonly string[]): ParsedBaseline {
  const value = parsed(text)
  if ('error' in value) return { ok: false, mistakes: [`it is not JSON: ${value.error}`] }
  const formal = mistakesBy(baselineSchema, value.json, 'the file')
  if (formal.length > 0) return { ok: false, mistakes: formal }
  const { excuses: given } = value.json as BaselineFile
  const mistakes = [...unknownIn(given, ids), ...doubledIn(given)]
  if (mistakes.length > 0) return { ok: false, mistakes }
  const lines = excuseLines(text).slice(-given.length)
  const excuses = given.map((excuse, at): Excuse => ({ ...excuse, lines: lines[at] as Lines }))
  return { ok: true, baseline: { file, today, excuses } }
}

type Given = BaselineFile['excuses']

function parsed(text: string): { readonly json: unknown } | { readonly error: string } {
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

function unknownIn(given: Given, ids: readonly string[]): string[] {
  return given.flatMap(({ property }, at) =>
    ids.includes(property)
      ? []
      : [`excuses.${at}.property must be a property that there is (it is ${inspect(property)}): ${ids.join(', ')}`],
  )
}

/** Of two excuses for one failure the second could never be told to be needed. */
function doubledIn(given: Given): string[] {
  return given.flatMap(({ property, rule }, at) => {
    const first = given.findIndex((other) => other.property === property && other.rule === rule)
    return first === at ? [] : [`excuses.${at} speaks of the same failures as excuses.${first}: delete one of them`]
  })
}
