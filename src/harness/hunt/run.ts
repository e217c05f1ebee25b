import type { Levels } from '../patience.ts'
import type { Table } from '../play.ts'
import type { Property } from '../property.ts'
import type { Protocol } from '../protocol.ts'
import type { Observer } from '../result.ts'
import type { Target } from '../target/target.ts'

/** What all properties of one run share. */
export interface Run {
  readonly tool: { readonly name: string; readonly version: string }
  readonly protocol: Protocol
  /** Where the protocol was loaded from, if it is not built in. */
  readonly protocolFile?: string
  readonly target: Target
  /** The plain conversation. */
  readonly sanity: Property
  readonly table: Table
  readonly patience: Levels
  readonly seed: number
  /** Cases per property at the most. */
  readonly runs: number
  /** Milliseconds that one shrink may take; 20 s without it. */
  readonly shrinkMs?: number
  /** Milliseconds in which a server may still die of a case that is over; none without it, if it has come to rest. */
  readonly lingersMs?: number
  /** Cases in flight at once. */
  readonly concurrency: number
  readonly reportDir: string
  readonly interrupted: AbortSignal
  /** A second client is served while a first one is connected and silent. */
  readonly servesTwo: boolean
  readonly observer: Observer
}
