import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Target } from '../src/harness/target/target.ts'

/** `planted` and `deep`: a bug of ours; `release`: a release of somebody else's; `correct`: no claim may fail on it. */
export const KINDS = ['planted', 'deep', 'release', 'correct'] as const
export type Kind = (typeof KINDS)[number]

/** How large a case is. */
export interface Size {
  readonly connections: number
  readonly frames: number
  readonly cuts: number
  readonly bytes: number
}

/** What a server must fail by. */
export interface Expected {
  readonly property: string
  readonly rule: string
  /** Other properties that its bug breaks too, and that may meet it first. */
  readonly also: readonly string[]
  /** The smallest case that can show the bug, by reasoning; missing where nobody knows. */
  readonly minimum?: Size
}

/** One server in the contest, and what is allowed for it. */
export interface Entrant {
  readonly id: string
  readonly kind: Kind
  readonly protocol: Protocol
  readonly properties: readonly Property[]
  readonly open: () => Promise<Target>
  /** Missing: nothing may fail. */
  readonly expected?: Expected
  /** Cases per property, and milliseconds for all of them. */
  readonly budget: { readonly runs: number; readonly timeMs: number }
  readonly concurrency: number
}
