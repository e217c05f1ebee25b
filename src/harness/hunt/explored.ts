import type { Case } from '../case.ts'
import type { Trial } from '../trial.ts'
import type { Earlier } from './explained.ts'

/** A case by its number. */
export interface Numbered {
  readonly index: number
  readonly subject: Case
}

/** What exploring came to. */
export interface Explored {
  readonly cases: number
  readonly conversations: number
  readonly cuts: { readonly requested: number; readonly proven: number }
  /** The failed trial of lowest number, and other cases that have been in flight with it: any of them may be to blame. */
  readonly failed?: { readonly index: number; readonly trial: Trial; readonly beside: readonly Numbered[] }
  /** Failures that an earlier property's failure explains, and which one the first of them. */
  readonly explained: { readonly count: number; readonly by?: Earlier }
  /** Cases that could not be judged, and why the first could not. */
  readonly unjudged: { readonly count: number; readonly why?: string }
}

export const NOTHING_EXPLORED: Explored = {
  cases: 0,
  conversations: 0,
  cuts: { requested: 0, proven: 0 },
  explained: { count: 0 },
  unjudged: { count: 0 },
}

/** The figures of both; of failures none. */
export function add(a: Explored, b: Explored): Explored {
  const why = a.unjudged.why ?? b.unjudged.why
  const by = a.explained.by ?? b.explained.by
  return {
    cases: a.cases + b.cases,
    conversations: a.conversations + b.conversations,
    cuts: { requested: a.cuts.requested + b.cuts.requested, proven: a.cuts.proven + b.cuts.proven },
    explained: { count: a.explained.count + b.explained.count, ...(by === undefined ? {} : { by }) },
    unjudged: { count: a.unjudged.count + b.unjudged.count, ...(why === undefined ? {} : { why }) },
  }
}
