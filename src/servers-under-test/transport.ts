// The seam between what a server says and how it moves bytes.
//
// A protocol is written once, without I/O, as callbacks (`Handler`) that act on a `Transport`; a style of server
// (evented, blocking, threaded, …) is written once, for every protocol. Words and duties are those of Twisted's and
// asyncio's transports and protocols.

/** One connection, as a protocol may act on it. */
export interface Transport {
  /** Sends bytes after all earlier ones. They belong to the transport from here on and must not change. */
  write(bytes: Uint8Array): void
  /** Ends our side: FIN, after everything written before it. The client may go on sending. */
  end(): void
  /** Closes both directions at once, as close(2) does; answers still held are lost. */
  close(): void
  /** Closes both directions with RST: answers that the client's kernel does not have yet are lost. */
  abort(): void
  /** Takes nothing more from the kernel, so that its window closes and the client has to wait. */
  pauseReading(): void
  resumeReading(): void
  /** Bytes of answers that are in our own memory, not yet handed to the kernel. */
  readonly buffered: number
  /** Calls `action` once after `ms` milliseconds, unless cancelled. Who sets a timer cancels it in `lost`. */
  after(ms: number, action: () => void): Cancel
}

export type Cancel = () => void

/** What a protocol does on one connection. The style calls one at a time and nothing after `lost`. */
export interface Handler {
  /** Bytes came, torn anywhere, at least one. The handler may keep them: the style does not use their memory again. */
  received(bytes: Uint8Array): void
  /** The client has ended its side (FIN). Once; no bytes follow. */
  receivedEnd(): void
  /** Answers had been held back, and the last of them has been handed to the kernel: `buffered` is 0 again. */
  drained(): void
  /** The server stops: say nothing new, end our side after what was said. The style closes what takes too long. */
  shutdown(): void
  /** The connection is gone: closed by both sides, or broken by `error`. Once, last. */
  lost(error?: Error): void
}

/** What every server is told about its service. */
export interface ServiceOptions {
  /** Milliseconds without a byte from the client, all answers handed over, after which the connection is ended. */
  readonly idleMs: number
  /** Most data bytes that one frame may have, for protocols with such a limit; without it, the protocol's own. */
  readonly limit?: number
  /** The directory in which protocols that keep files keep them; without it, `served` in the working directory. */
  readonly dir?: string
}

/** The directory of these options. */
export function servedDir({ dir = 'served' }: Pick<ServiceOptions, 'dir'>): string {
  return dir
}

/** Begins a protocol on a new connection. */
export type Service = (transport: Transport, options: ServiceOptions) => Handler
