import { median } from '../bench/statistics.ts'
import type { Attempt } from './attempt.ts'
import type { Entrant, Kind, Size } from './entrant.ts'

/** One server, over all seeds; figures are medians over the runs that found it, sizes those of one that shrank it. */
export interface Entry {
  readonly id: string
  readonly kind: Kind
  /** Property and rule; `pass` where nothing may fail. */
  readonly expected: string
  /** The commonest, and where seeds disagree how many had it. */
  readonly verdict: string
  readonly rule: string
  readonly cases: number
  readonly seconds: number
  readonly connections?: number
  readonly frames?: number
  readonly cuts?: number
  readonly bytes?: number
  /** By reasoning. */
  readonly minimum?: Size
  readonly attempts: readonly Attempt[]
}

export interface Score {
  /**
   * Planted bugs, deep ones too; how many of them were found, in nine of ten runs at least, and shrunk to the minimum, in nine
   * of ten of those that shrank.
   */
  readonly planted: number
  readonly found: number
  readonly atMinimum: number
  /** Servers on which nothing may fail, and how many of them something failed on, or could not be judged on. */
  readonly correct: number
  readonly falseAlarms: number
  readonly unjudged: number
  /** Releases of others with a known bug, and how many of these were caught. */
  readonly releases: { readonly bad: number; readonly caught: number }
  readonly entries: readonly Entry[]
}

/** Runs in ten that must find a bug. */
const MOST = 0.9

export function entryOf(
  { id, kind, expected }: Pick<Entrant, 'id' | 'kind' | 'expected'>,
  attempts: readonly Attempt[],
): Entry {
  const verdicts = attempts.map(({ verdict }) => verdict)
  const commonest = commonestOf(verdicts)
  const count = verdicts.filter((verdict) => verdict === commonest).length
  const like = attempts.filter(({ verdict }) => verdict === commonest)
  const sized = like.find((each) => isMinimum(each, expected?.minimum)) ?? like.find(({ size }) => size !== undefined)
  return {
    id,
    kind,
    expected: expected === undefined ? 'pass' : `${expected.property} ${expected.rule}`,
    verdict: count === attempts.length ? (commonest ?? 'missed') : `${commonest} ${count} of ${attempts.length}`,
    rule: [...new Set(like.map(({ rule }) => rule))].join('; '),
    cases: median(like.map(({ cases }) => cases)),
    seconds: round(median(like.map(({ seconds }) => seconds))),
    ...sized?.size,
    ...(expected?.minimum === undefined ? {} : { minimum: expected.minimum }),
    attempts,
  }
}

export function scoreOf(entries: readonly Entry[]): Score {
  const bugs = entries.filter(({ kind }) => kind === 'planted' || kind === 'deep')
  const right = entries.filter(({ expected }) => expected === 'pass')
  const bad = entries.filter(({ kind, expected }) => kind === 'release' && expected !== 'pass')
  return {
    planted: bugs.length,
    found: bugs.filter(isFound).length,
    atMinimum: bugs.filter((entry) => isFound(entry) && shareAtMinimum(entry) >= MOST).length,
    correct: right.length,
    falseAlarms: right.filter(({ attempts }) => attempts.some(({ verdict }) => verdict === 'false-alarm')).length,
    unjudged: right.filter(({ attempts }) => attempts.some(({ verdict }) => verdict === 'error')).length,
    releases: { bad: bad.length, caught: bad.filter(isFound).length },
    entries,
  }
}

export function isFound({ attempts }: Pick<Entry, 'attempts'>): boolean {
  return attempts.filter(({ verdict }) => verdict === 'found').length >= MOST * attempts.length
}

/** Of the runs that found it and shrank it, 0 where none did; 1 where no smallest case is known. */
export function shareAtMinimum({ attempts, minimum }: Pick<Entry, 'attempts' | 'minimum'>): number {
  if (minimum === undefined) return 1
  const shrunk = attempts.filter(({ verdict, size }) => verdict === 'found' && size !== undefined)
  return shrunk.filter((each) => isMinimum(each, minimum)).length / Math.max(1, shrunk.length)
}

/** Runs in which something failed on servers with a bug, and those of them that went on to shrink and confirm it. */
export function followed(entries: readonly Entry[]): { readonly failing: number; readonly shrunk: number } {
  const bugs = entries.filter(({ expected }) => expected !== 'pass').flatMap(({ attempts }) => attempts)
  const failing = bugs.filter(({ verdict }) => verdict === 'found' || verdict === 'otherwise')
  return { failing: failing.length, shrunk: failing.filter(({ size }) => size !== undefined).length }
}

/** One that is smaller in something, and in nothing larger, was thought of by nobody: the page says so. */
function isMinimum({ size }: Attempt, minimum: Size | undefined): boolean {
  if (size === undefined || minimum === undefined) return false
  const keys = ['connections', 'frames', 'cuts', 'bytes'] as const
  return keys.every((key) => size[key] <= minimum[key])
}

function commonestOf<T>(values: readonly T[]): T | undefined {
  const count = (wanted: T): number => values.filter((value) => value === wanted).length
  return values.toSorted((a, b) => count(b) - count(a))[0]
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
