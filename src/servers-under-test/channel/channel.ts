// A connection as sequential code sees it: one thing at a time, and each wait says how long it may last. What waits
// (a process, a thread, or a function that is suspended) and how it waits is the style's affair.

/** What a read came to: bytes, the client's end (once), nothing within the time, or the connection is gone. */
export type Got = Uint8Array | 'end' | 'nothing' | 'gone'

/** What waiting for held answers came to. */
export type Sent = 'all' | 'not-yet' | 'gone'

export interface Channel {
  /** Waits for bytes, at most `withinMs` milliseconds (`Infinity`: for ever) or until interrupted. */
  read(withinMs: number): Got | Promise<Got>
  /** Sends bytes after all earlier ones; what the kernel has no room for is counted by `unsent`. */
  write(bytes: Uint8Array): void
  /** Bytes not yet handed to the kernel. */
  readonly unsent: number
  /** Waits, at most so long or until interrupted, until nothing is unsent. */
  drain(withinMs: number): Sent | Promise<Sent>
  /** Waits so long or until interrupted, reading nothing. */
  rest(ms: number): void | Promise<void>
  /** Sends FIN and goes on reading. Called when nothing is unsent. */
  end(): void | Promise<void>
  /** Closes both directions, as close(2) does, and waits until that is done. */
  close(): void | Promise<void>
  /** Closes with RST. */
  abort(): void
  /** Lets the wait that is under way return. Has no effect where waits cannot be interrupted. */
  interrupt(): void
  /** What broke the connection, where an error did. */
  readonly trouble: Error | undefined
}
