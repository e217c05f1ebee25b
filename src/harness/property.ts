import type { Arbitrary } from 'fast-check'
import type { Case } from './case.ts'
import type { Protocol } from './protocol.ts'
import type { Sight } from './sight.ts'
import type { Transcript } from './transcript.ts'

/** What a property thinks of a trial. */
export type Verdict =
  | { readonly is: 'pass' }
  | Failure
  /** It cannot be told, and why. `early`: rows of a series that are still to be played may tell. */
  | { readonly is: 'inconclusive'; readonly why: string; readonly early?: true }

/** A broken rule. `rule` is a stable word: a shrunk case must break the same one. */
export interface Failure {
  readonly is: 'fail'
  readonly rule: string
  /** What was due, in one line for a person. */
  readonly expected: string
  /** What came instead, in one line for a person. */
  readonly actual: string
}

/**
 * How binding a claim is, in the words of RFC 2119. `must`: a server that breaks it is wrong. `should`: there may be a good
 * reason to break it, so that a failure is told, and makes a run fail only with `--strict`.
 */
export type Level = 'must' | 'should'

/** A claim about servers: the rule in words, cases to try it on, and a pure judge of what was seen. */
export interface Property {
  /** Stable address, `<protocol or any>/<name>`. */
  readonly id: string
  /** The rule in one sentence. */
  readonly claim: string
  /** Where it comes from: RFC, man page, protocol description. */
  readonly source: string
  /** How binding that is; `must` without it. */
  readonly level?: Level
  /** Why it does not apply to this protocol, or `undefined` where it does. */
  readonly notFor?: (protocol: Protocol) => string | undefined
  /** Makes cases for this protocol. */
  readonly cases: (protocol: Protocol) => Arbitrary<Case>
  /**
   * What makes the cases that are tried before those of `cases`, always the same. One as small as the claim can do with: where
   * every case fails, and takes long to, it tells at once, and little is left to shrink. Or, where there is time for few cases,
   * those that hold what matters most.
   */
  readonly firsts?: readonly ((protocol: Protocol) => Case)[]
  /**
   * Whether a case is one that this claim speaks of; by default all are. Shrinking stays among these: it could otherwise
   * leave the claim and end at a case that fails for another reason.
   */
  readonly admits?: (subject: Case, protocol: Protocol) => boolean
  /**
   * Whether its failure may be what is seen in this case of a later claim; by default in any. A claim about how connections
   * end explains nothing where none is ended: its judge asks for answers too, which may be missing for another reason. `rule`:
   * the one by which it failed.
   */
  readonly explains?: (subject: Case, rule: string) => boolean
  /** The plays of one trial, in order; by default the case itself alone. Pure. */
  readonly plays?: (subject: Case, protocol: Protocol) => readonly Case[]
  /**
   * Each case is played in rows of so many plays, with nothing else in flight, and what the server holds is counted before
   * the first and after each row: `check` is given the last transcript of each so far, and others are played as long as it
   * says that this was too early. The budget of cases is divided by all these plays. With `looksAt: 'heap'` the server is
   * given time to give back what it took before each of the last two rows: memory that was given back is taken again, and
   * grows no further.
   */
  readonly series?: readonly number[]
  /** How many plain cases one of these costs, about; by default 1. The budget of cases is divided by it. */
  readonly weight?: number
  /** Shares of the time for trying, for a claim that finds more than others do; by default 1, or 2 where its cases cost more. */
  readonly shares?: number
  /**
   * What it looks at besides the connections: it is left out where that cannot be seen. For `cpu` the server is given time
   * to rest before and after the play, for `Transcript.cpu`; for `address-space` each play has `Transcript.addressSpaces`.
   */
  readonly looksAt?: Sight
  /** What a case has done to the server lasts, or shows but once: to play it again takes a fresh one, where that can be had. */
  readonly onFresh?: true
  /** Its cases are played one at a time: they have as many clients as a run may have, or look at the server as a whole. */
  readonly oneAtATime?: true
  /**
   * Judged by how long things take, which is longer on a machine that has other things to do: one or two failures that never
   * came again when their cases were played alone are told, and leave no doubt about the server.
   */
  readonly timed?: true
  /** Judges the transcripts of these plays, one each, in order. Pure. */
  readonly check: (plays: readonly Case[], transcripts: readonly Transcript[], protocol: Protocol) => Verdict
}

/** How many cases of it are tried where of a claim with plain cases so many (`runs`) are: at least one. */
export function casesOf({ series, weight = 1 }: Property, runs: number): number {
  const plays = series?.reduce((total, times) => total + times, 0) ?? 1
  return Math.min(runs, Math.max(1, Math.round(runs / (plays * weight))))
}

/** The level of a claim, also where it does not say. */
export function levelOf({ level = 'must' }: Property): Level {
  return level
}
