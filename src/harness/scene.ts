import type { Patience } from './patience.ts'
import type { Table } from './play.ts'
import type { Protocol } from './protocol.ts'
import type { Event } from './transcript.ts'

/** What the connections of one play share. */
export interface Scene<F> {
  readonly protocol: Protocol<F>
  readonly patience: Patience
  readonly table: Table
  readonly events: Event[]
  /** Milliseconds since the play began. */
  readonly now: () => number
}
