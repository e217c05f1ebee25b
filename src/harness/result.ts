import type { Excuse } from './baseline/baseline.ts'
import type { Level } from './property.ts'

// What a run came to, and what is told while it goes on. The result is the normative JSON file, key for key.

/** Of a property or a whole run. A flaky failure is `fail` with `confirmed.failed < confirmed.tried`. */
export type Outcome = 'pass' | 'fail' | 'inconclusive' | 'error'

/** How often a failing case failed again when it was played alone with full deadlines. */
export interface Confirmation {
  readonly failed: number
  readonly tried: number
}

export interface FailureResult {
  readonly rule: string
  readonly expected: string
  readonly actual: string
  /** Path of the report, relative to the working directory. */
  readonly case: string
  /** Cases tried up to and with the first that failed; 0 when an earlier report failed again. */
  readonly casesToFailure: number
  /** Candidates that the shrinker played. */
  readonly shrinks: number
  readonly connections: number
  readonly frames: number
  readonly cuts: number
  readonly bytes: number
  readonly confirmed: Confirmation
}

export interface PropertyResult {
  readonly id: string
  /** Of the claim; `must` where the server did not survive it, whatever it claims. */
  readonly level: Level
  readonly verdict: Outcome
  /** In words, for every verdict but `pass` and `fail`. */
  readonly why?: string
  readonly cases: number
  readonly conversations: number
  readonly cuts: { readonly requested: number; readonly proven: number }
  readonly durationMs: number
  readonly failure?: FailureResult
  /** The property that found the same failure before; `failure` is then its. */
  readonly sameAs?: string
  /** `false` of a failure that does not make the run fail: of a `should`, or excused. */
  readonly counts?: false
  /** What the baseline says of this failure. An excuse that has expired excuses nothing. */
  readonly excuse?: { readonly reason: string; readonly expires: string; readonly expired: boolean }
}

/** An excuse, and what became of it. */
export interface ExcuseResult extends Excuse {
  /** `unneeded`: the property passed, and the run fails until the excuse is deleted. `left`: nothing can be told of it. */
  readonly state: 'used' | 'unneeded' | 'expired' | 'left'
  readonly why: string
}

export interface RunResult {
  readonly tool: { readonly name: string; readonly version: string }
  readonly target: string
  readonly protocol: string
  readonly seed: number
  readonly verdict: Outcome
  /** In words, where the verdict is `error` or `inconclusive`, or `fail` because of the baseline alone. */
  readonly why?: string
  readonly interrupted?: boolean
  readonly durationMs: number
  /** Things that make the run weaker than it looks, in words. */
  readonly warnings: readonly string[]
  readonly properties: readonly PropertyResult[]
  /** The file of `--baseline`, and what became of each excuse in it. */
  readonly baseline?: { readonly file: string; readonly excuses: readonly ExcuseResult[] }
}

/** A snapshot of the property that is being tried. */
export interface Progress {
  readonly id: string
  readonly doing: 'trying' | 'shrinking' | 'confirming'
  readonly cases: number
  readonly runs: number
  readonly casesPerSecond: number
  readonly cuts: { readonly requested: number; readonly proven: number }
  /** Milliseconds until this property's budget ends, as far as it can be told. */
  readonly leftMs?: number
}

/** An earlier report that was played again before anything new was tried. */
export interface Replayed {
  readonly path: string
  readonly property: string
  readonly rule: string
  readonly outcome: 'fixed' | 'still-failing' | 'fails-otherwise' | 'inconclusive'
  readonly confirmed: Confirmation
}

/** Is told of everything, as it happens. Every method may be missing. */
export interface Observer {
  started?(run: {
    target: string
    protocol: string
    seed: number
    barrier: string
    properties: readonly string[]
  }): void
  replayed?(replayed: Replayed): void
  propertyStarted?(id: string, claim: string): void
  /** It was left for others, and is tried further. */
  propertyResumed?(id: string): void
  progress?(progress: Progress): void
  /** `replay` is the command that plays the failure again. `page` holds the shrunk case and transcript as Markdown. */
  propertyEnded?(result: PropertyResult, details?: { replay: string; page: string }): void
  ended?(result: RunResult): void
}
