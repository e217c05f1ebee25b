// A connection as sequential code sees it: one thing at a time, each of which may have to be waited for. What waits
// (a process, a thread, or a function that is suspended) and how it waits is the style's affair.

/** What a read came to: bytes, the client's end (once), nothing because it was interrupted, or the connection is gone. */
export type Got = Uint8Array | 'end' | 'nothing' | 'gone'

/** What waiting for held answers came to. */
export type Sent = 'all' | 'not-yet' | 'gone'

export interface Channel {
  /** Waits for bytes until it is interrupted. */
  read(): Got | Promise<Got>
  /** What has come already, without a wait. */
  readNow(): Got
  /** Sends bytes after all earlier ones; what the kernel has no room for is counted by `unsent`. */
  write(bytes: Uint8Array): void
  /** Bytes not yet handed to the kernel. */
  readonly unsent: number
  /** Waits until nothing is unsent, or it is interrupted. */
  drain(): Sent | Promise<Sent>
  /** Waits until it is interrupted, reading nothing. */
  rest(): void | Promise<void>
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
