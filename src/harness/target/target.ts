import type { Address } from '../address.ts'

/** A server to test. */
export interface Target {
  /** As the user named it. */
  readonly name: string
  readonly address: Address
  /** The server's process, where it cannot be found by the address. */
  readonly pid?: number
  /** Starts the server, or waits until it can be reached. Throws `TargetError`. */
  start(): Promise<void>
  /**
   * Makes sure that there is a server to talk to: `up` as before, `restarted` because it had died and is ours to start,
   * or `gone`. Resolves within a deadline.
   */
  ready(): Promise<'up' | 'restarted' | 'gone'>
  /**
   * Ends the server and starts it afresh, where it is ours to start. Resolves within a deadline. `atOnce`: it is given no
   * time to end by itself, since it is stuck.
   */
  restart?(atOnce?: boolean): Promise<'restarted' | 'gone'>
  /** Why it could not be started again, where it is ours and the last attempt failed. */
  trouble?(): string | undefined
  /**
   * How the server process ended, in words, if it is ours and has ended since the last `ready`. Resolves as soon as the
   * server has ended or come to rest: a crash may lag behind the conversation that caused it. `withinMs`: it is given so
   * many milliseconds more, for what it may still do by a timer.
   */
  died(withinMs?: number): Promise<string | undefined>
  /** What the server wrote since the last `forget`, where it is ours. */
  output(): string
  forget(): void
  /** Ends the server, if it is ours, with all its processes. */
  stop(): Promise<void>
}

/** The target cannot be used: exit status 3. The message says why and what to do. */
export class TargetError extends Error {
  override readonly name = 'TargetError'
}

/** The name of the target is wrong or not allowed: exit status 2. */
export class TargetNameError extends Error {
  override readonly name = 'TargetNameError'
}
