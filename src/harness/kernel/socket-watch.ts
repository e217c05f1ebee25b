import { hasArrived, reading } from './delivery.ts'
import { type FourTuple, type KernelSockets, type Look, otherSide, type SocketView } from './kernel-sockets.ts'
import type { PollLoop } from './poll-loop.ts'

/**
 * What is known of bytes that were sent. `proven`: the server's process has read them all. `unproven`: it has not by the
 * deadline, or it cannot be told. `gone`: the server's side of the connection was closed or reset before it was proven.
 */
export type Delivery = 'proven' | 'unproven' | 'gone'

/** Watches the server's side of one connection of ours. */
export interface Watch {
  /**
   * Waits until the server has read the first `sent` bytes of this connection, `deadlineMs` milliseconds at most. Call
   * it when they have left our process: the callback of `write` has run, or `writableLength` is 0.
   */
  drained(sent: number, deadlineMs: number): Promise<Delivery>
  /** One look at the server's side, now; `undefined` where there is none, or it cannot be seen. */
  state(): SocketView | undefined
  /** Nothing is looked at any more: what still waits, and all later waits, are `unproven`. */
  close(): void
}

/** What all watches of a barrier share. */
export interface Watching {
  readonly sockets: KernelSockets
  readonly loop: PollLoop<Delivery>
  readonly now: () => number
  /** How long to look for a server's side that was never seen, in milliseconds. */
  readonly gapMs: number
}

/** Watches the server's side of the connection whose own side is `client`, through the kernel. */
export function watchSocket(client: FourTuple, watching: Watching): Watch {
  return new SocketWatch(client, watching)
}

class SocketWatch implements Watch {
  readonly #watching: Watching
  readonly #lookAtServer: () => Look
  readonly #lookAtUs: () => Look
  #seen = false
  #closed = false

  constructor(client: FourTuple, watching: Watching) {
    this.#watching = watching
    this.#lookAtServer = watching.sockets.connection(otherSide(client))
    this.#lookAtUs = watching.sockets.connection(client)
  }

  drained(sent: number, deadlineMs: number): Promise<Delivery> {
    const { loop, now } = this.#watching
    let arrived = false
    let missingSince: number | undefined
    const check = (): Delivery | undefined => {
      if (this.#closed) return 'unproven'
      const look = this.#lookAtServer()
      if (look === 'unreadable') return undefined
      if (typeof look === 'string') {
        // One picture of a table that changes while it is read can lack a row, or hold one side and not the other.
        if (missingSince !== undefined) return this.#missing(missingSince)
        missingSince = now()
        return undefined
      }
      this.#seen = true
      missingSince = undefined
      // The kernel reads the queue before the count, so only a look after one that saw the bytes arrive is a proof.
      const before = arrived
      arrived ||= hasArrived(look, sent) ?? true
      const read = reading(look)
      if (read === 'closed') return this.#readBeforeClose(look, sent) ? 'proven' : 'gone'
      return before && read === 'read' ? 'proven' : undefined
    }
    return loop.wait(check, deadlineMs, 'unproven')
  }

  state(): SocketView | undefined {
    if (this.#closed) return undefined
    this.#watching.sockets.refresh()
    const look = this.#lookAtServer()
    return typeof look === 'string' ? undefined : look
  }

  close(): void {
    this.#closed = true
  }

  /**
   * The server's side is not there. If our own stands all the same and the server's was never seen, then it is on
   * another machine or in another network namespace (or overflowed the accept backlog): it cannot be told.
   */
  #missing(since: number): Delivery | undefined {
    if (this.#seen) return 'gone'
    const ours = this.#lookAtUs()
    if (ours === 'unreadable') return undefined
    if (typeof ours === 'string' || !STANDING.has(ours.state)) return 'gone'
    return this.#watching.now() - since >= this.#watching.gapMs ? 'unproven' : undefined
  }

  /** A closed socket that was not reset had read what arrived (see delivery.ts). In its last states it has no counts. */
  #readBeforeClose(server: SocketView, sent: number): boolean {
    const arrived = hasArrived(server, sent)
    if (arrived !== undefined || server.state !== 'FIN_WAIT2') return arrived ?? false
    const ours = this.#lookAtUs()
    return typeof ours !== 'string' && (ours.bytesAcked ?? 0) - OUR_SYN >= sent
  }
}

const OUR_SYN = 1
const STANDING: ReadonlySet<string> = new Set(['ESTABLISHED', 'FIN_WAIT1', 'FIN_WAIT2'])
