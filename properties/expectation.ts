import type { ByDesign } from './style-expectations.ts'

/** The smallest case that shows a bug. */
export interface Smallest {
  readonly connections: number
  /** Sends: a frame that is sent in two parts, with a pause between them, counts twice. */
  readonly frames: number
  readonly cuts: number
  readonly bytes: number
}

/** One server that speaks one protocol. */
export interface Expectation {
  readonly server: string
  readonly protocol: string
  /** The claim that speaks of this bug, the rule by which it fails, and the case that it shrinks to. */
  readonly bug?: {
    readonly property: string
    readonly rule: string
    /** Missing where it depends on the machine. */
    readonly smallest?: Smallest
  }
  /** Claims that are false of it although it has no bug. */
  readonly byDesign?: readonly ByDesign[]
  /** Other claims that are false too because of it. */
  readonly also?: readonly string[]
  /** Claims that are false too or not, as the reads of a run happen to fall: held neither way. */
  readonly sometimes?: readonly string[]
  /**
   * The idle time, in milliseconds, that it is served with and that is stated, where the claim that speaks of its bug takes
   * one. To other claims it is held without.
   */
  readonly idleMs?: number
  /** Its connections disturb each other, whatever they say: cases are tried one at a time. */
  readonly disturbed?: true
  /** Takes two or three conditions at once. */
  readonly deep?: true
  /** Found in every run of the tests, and not by `npm run score` alone. */
  readonly tested?: true
}

export function size(connections: number, frames: number, cuts: number, bytes: number): Smallest {
  return { connections, frames, cuts, bytes }
}

/** A broken server: what finds it, and which other claims are false too because of it. */
export function planted(
  server: string,
  protocol: string,
  [property, rule, smallest]: readonly [property: string, rule: string, smallest?: Smallest],
  also: readonly string[] = [],
): Expectation {
  const bug = { property, rule, ...(smallest === undefined ? {} : { smallest }) }
  const row = { server: `broken/${server}`, protocol, bug, also: also.filter((id) => id !== property) }
  // One message at a time shows some bugs of streams, and others not.
  return [property, ...also].includes('any/answers') ? { ...row, sometimes: ['any/session'] } : row
}

/** The claims about whole conversations of good messages. */
export const STREAM: readonly string[] = [
  'any/answers',
  'any/cuts',
  'any/half-close',
  'any/pauses',
  'any/flood',
  'any/back-pressure',
]

/** The claims about bad frames. */
export const BAD: readonly string[] = ['checksum', 'oversize', 'unknown-type', 'truncated'].map(
  (kind) => `frame/bad-${kind}`,
)

/** The claims about a client beside others, or after them. */
export const BESIDE: readonly string[] = [
  'any/disconnect',
  'any/isolation',
  'any/burst',
  'any/crowd',
  'any/back-pressure',
]
