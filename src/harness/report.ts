import type { Case } from './case.ts'
import type { Confirmation } from './result.ts'
import type { Transcript } from './transcript.ts'

/** A failing case as it is kept on disk: all that is needed to play it again and to understand it. */
export interface Report {
  /** Version of this format. */
  readonly tornwire: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly target: string
  readonly protocol: string
  /** The file that the protocol was loaded from, where it is not built in. */
  readonly protocolFile?: string
  /** The idle time that was stated for the run, in milliseconds: what is played again is judged by it. */
  readonly idleMs?: number
  readonly property: string
  readonly claim: string
  readonly source: string
  readonly rule: string
  readonly expected: string
  readonly actual: string
  /** `undefined` while the case is still being shrunk or confirmed. */
  readonly confirmed?: Confirmation
  readonly seed: number
  readonly case: Case
  /** What ended shrinking before its time, in words: a smaller case may fail too. */
  readonly cutShort?: string
  /** What was played, in order, where that is not the case itself each time. */
  readonly plays?: readonly Case[]
  /** Of the last failing play, one for each play of the trial. */
  readonly transcripts: readonly Transcript[]
  /** What the server wrote while this case was played, and how it ended, where we started it. */
  readonly server?: { readonly output: string; readonly exit?: string }
}
