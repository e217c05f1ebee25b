// What a collecting client needs of the world: a way to the server, time, and something to measure.

/** One connection to the server. What happens on it is told to `Line`, in order, and nothing after `gone`. */
export interface Link {
  send(text: string): void
  /** Ends our side; `gone` follows. */
  end(): void
  abort(): void
}

export interface LinkEvents {
  connected(): void
  /** A whole line of the server, without its ending. */
  answered(line: string): void
  /** No connection, or no longer. Once, last. */
  gone(why: string): void
}

export interface Surroundings {
  readonly connect: (events: LinkEvents) => Link
  /** Calls `action` once after `ms` milliseconds, unless what it gives is called before. */
  readonly after: (ms: number, action: () => void) => () => void
  /** Measurements of now, as lines without ending. */
  readonly sample: () => readonly string[]
  /** Tells a person, in one line. */
  readonly say: (text: string) => void
}

export interface CollectOptions {
  readonly periodMs: number
  /** Lines that are kept while the server is away. */
  readonly buffer: number
}
