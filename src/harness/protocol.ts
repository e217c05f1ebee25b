import type { Arbitrary } from 'fast-check'
import type { Codec } from '../codec/codec.ts'
import type { Property } from './property.ts'

/** All that a server has heard on one connection up to some point. */
export interface Heard<F> {
  /** The good frames, in order. */
  readonly frames: readonly F[]
  /** What made the rest of the stream unreadable, if anything did. `kind` is the codec's word. */
  readonly bad?: { readonly kind: string; readonly detail: string }
  /** The client has ended its side. */
  readonly ended: boolean
}

/** What is due to a client that has said this much. */
export interface Reply<F> {
  /** Every answer due so far, in order. */
  readonly answers: readonly F[]
  /** `fin`: the server must then end its side too. `open`: it must not yet. `either`: the protocol leaves it open. */
  readonly end: 'fin' | 'open' | 'either'
  /** The protocol does not say what follows `answers`: judge only these. */
  readonly unspecified?: boolean
}

/** A stream that breaks the protocol on purpose, and what it is called. */
export interface BadFrame {
  /** Stable word, part of rule and report names: `checksum`, `oversize`, … */
  readonly kind: string
  readonly about: string
  /** Bytes of one malformed message, as they go on the wire. */
  readonly bytes: Arbitrary<Uint8Array>
}

/** The shortest idle time that may be stated, in milliseconds: whether less is kept is a matter of how exact timers are. */
export const LEAST_IDLE_MS = 100

/** The longest, in milliseconds: whether it is kept is only known after twice as long. */
export const LONGEST_IDLE_MS = 240_000

/**
 * A protocol as the harness knows it: a framing, messages to say, and a model of what they must get.
 * Only `name`, `codec` and one of `frames` and `samples` are needed; without a model the properties that need none run.
 */
export interface Protocol<F = unknown> {
  readonly name: string
  readonly about?: string
  /** It is spoken in datagrams: its cases are made of them, and only claims of its own are tried. TCP without it. */
  readonly transport?: 'udp'
  readonly codec: Codec<F>
  /** The framing of the server's answers, where it is another one. */
  readonly answerCodec?: Codec<F>
  /** Makes the frames that a well-behaved client says, of all sizes that matter. */
  readonly frames?: Arbitrary<F>
  /** Frames to choose from, in place of `frames`. */
  readonly samples?: readonly F[]
  /** Pure: what is due to a client that has said this much, judged anew from the start of the connection. */
  model?(heard: Heard<F>): Reply<F>
  /** Malformed messages that the model has an answer to. */
  readonly bad?: readonly BadFrame[]
  /** Whether `actual` may stand where `expected` is due. Without it their encodings must be equal. */
  accepts?(expected: F, actual: F): boolean
  /**
   * Milliseconds after which its server ends a connection on which nothing has come, where that is stated; a whole number
   * from `LEAST_IDLE_MS` to `LONGEST_IDLE_MS`.
   */
  readonly idleMs?: number
  /** Why its messages are not sent by the thousand: what makes one cost the server far more than its own bytes. */
  readonly notInFloods?: string
  /** Ids of claims that are a SHOULD of any server and a MUST of those that speak this protocol: its description says so. */
  readonly demands?: readonly string[]
  /** One line for a person. The harness escapes control characters. */
  show?(frame: F): string
  /** Claims of this protocol alone, tried after those of every protocol. */
  readonly properties?: readonly Property[]
  /**
   * Looks at what the server leaves behind besides its answers: a file, a log. Called before each play; what it gives is
   * called when all connections of the play are closed, and tells in text what was left, for `Transcript.observed`.
   * `sent` are the bytes that each connection is going to send. Plays are in flight at the same time, so what others left
   * may be part of what is told. An Error says why nothing can be seen.
   */
  observe?(sent: readonly Uint8Array[]): Promise<() => Promise<string>>
}
