import type { ProtocolName } from '../catalogue-entry.ts'
import type { ServiceOptions } from '../transport.ts'

/** What a server process is for: the styles that are not served by the process that was asked for them, and parts of those. */
export type Role =
  | 'blocking'
  | 'blocking-timeout'
  | 'threaded'
  | 'thread-pool'
  | 'prefork'
  | 'prefork-threaded'
  /** One of the processes of `prefork`. */
  | 'evented'

/** All that a server process is told, as plain data. */
export interface Job {
  readonly role: Role
  readonly protocol: ProtocolName
  readonly options: ServiceOptions
  /** The number of the descriptor that listens. */
  readonly descriptor: number
}

/** Serving, until it is stopped. */
export interface Running {
  /** As a server's: resolves when nothing is left open. */
  stop(withinMs: number): Promise<void>
}
