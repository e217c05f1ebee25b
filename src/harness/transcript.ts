// What was seen in one play of a case: both directions, all connections, in order, with times and with what the
// delivery barrier proved. Data only; judging it again needs no server.

import type { AddressSpace } from './address-space.ts'
import type { Resources } from './resources.ts'

/** How the server's side of a connection was seen to end. Five different things, never merged. */
export type Ending =
  /** FIN after everything that was read. */
  | 'fin'
  /** RST (ECONNRESET, or EPIPE on a write). */
  | 'reset'
  /** The connection was refused, or reset before it stood. */
  | 'refused'
  /** Still open when we closed it, having done all our steps. */
  | 'open'
  /** Still open when our deadline passed while we waited for answers or for the end. */
  | 'timeout'
  /** We gave up for a reason of our own: too many bytes, an interrupt. See `gaveUp`. */
  | 'gave-up'

/** What the barrier knew about a cut: the kernel showed that the server had read all before it, or it could not be told. */
export type Proof = 'proven' | 'unproven'

/**
 * One thing that happened. `at` is in milliseconds since the case began; offsets count bytes of one direction. Over UDP each
 * `sent` and `received` is one datagram, and those of `sent` count the bytes of the client's steps, whatever of them left.
 */
export type Event =
  | { readonly at: number; readonly on: number; readonly did: 'connected'; readonly port: number }
  | { readonly at: number; readonly on: number; readonly did: 'sent'; readonly from: number; readonly to: number }
  | { readonly at: number; readonly on: number; readonly did: 'cut'; readonly offset: number; readonly proof: Proof }
  | { readonly at: number; readonly on: number; readonly did: 'received'; readonly from: number; readonly to: number }
  | { readonly at: number; readonly on: number; readonly did: 'sent-fin'; readonly withData: boolean }
  | { readonly at: number; readonly on: number; readonly did: 'sent-rst' }
  | { readonly at: number; readonly on: number; readonly did: 'paused'; readonly ms: number }
  | { readonly at: number; readonly on: number; readonly did: 'stopped-reading' }
  | { readonly at: number; readonly on: number; readonly did: 'read-on' }
  /**
   * While we did not read, nothing moved any more. The server had read so many of our bytes, had written so many for us,
   * and its memory had grown by so many since it was least, where that can be seen.
   */
  | {
      readonly at: number
      readonly on: number
      readonly did: 'piled-up'
      readonly read: number
      readonly written: number
      readonly grown?: number
    }
  | { readonly at: number; readonly on: number; readonly did: 'got-fin' }
  | { readonly at: number; readonly on: number; readonly did: 'got-rst'; readonly code: string }
  | { readonly at: number; readonly on: number; readonly did: 'refused'; readonly code: string }
  | {
      readonly at: number
      readonly on: number
      readonly did: 'waited'
      readonly for: string
      readonly ms: number
      readonly why: string
    }
  | { readonly at: number; readonly on: number; readonly did: 'closed' }

/** What one connection came to. */
export interface Account {
  /** Bytes that left, of those that the script sends. */
  readonly sent: number
  /** Our FIN left. */
  readonly ended: boolean
  readonly received: Uint8Array
  /** In bytes, where `received` holds only the first of them, as reports do. */
  readonly receivedLength?: number
  readonly ending: Ending
  readonly gaveUp?: string
  readonly cuts: { readonly requested: number; readonly proven: number }
}

export interface Transcript {
  /** What the server held after this play, where a property asked for it. */
  readonly resources?: Resources
  /** What it held before the first play of a series, told with the first row of it. */
  readonly heldBefore?: Resources
  /** Those of the server's processes, each the most of all looks at it in this play, where a property asked for it. */
  readonly addressSpaces?: readonly AddressSpace[]
  /**
   * Shares of one CPU that the server kept busy while nothing was asked of it, where a property asked for it. `least`: of
   * all looks at it in this run.
   */
  readonly cpu?: { readonly least: number; readonly before: number; readonly after: number }
  /** The server was ended while clients were connected and started again, where a property asked for it; why not, if so. */
  readonly restarted?: { readonly up: boolean; readonly trouble?: string }
  readonly connections: readonly Account[]
  readonly events: readonly Event[]
  /** What the server left behind, where the protocol looks at that (`Protocol.observe`). */
  readonly observed?: string
  /** In UTF-16 units, where `observed` holds only the first of them, as reports do. */
  readonly observedLength?: number
  /** Why it could not be seen. */
  readonly unobserved?: string
}
