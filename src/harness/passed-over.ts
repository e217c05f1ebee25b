// A server may be at work for everybody but one. But who waits for its turn waits too: on a server that serves one client
// after another, that starts a thread for each, or that answers in the order in which it was asked. There, at the most, all
// who are connected already are served before, and nobody who comes later is. So who hears nothing while far more are served
// than were connected has been passed over, and that holds however slow the server is.

import type { Wire } from './wire.ts'
import type { WirePool } from './wire-pool.ts'

/** So many times as many are served as were connected: all of those, and at least as many that came after them. */
const TIMES = 2

/**
 * Begins to watch who is served. What it gives tells whether this connection has been passed over: since then, or since it
 * heard something, it has heard nothing for `idleMs` milliseconds at the least while others were served. `now`: in
 * milliseconds.
 */
export function watchOthers(
  wire: Pick<Wire, 'length'>,
  wires: Pick<WirePool, 'served' | 'atWork'>,
  idleMs: number,
  now: () => number,
): () => boolean {
  const mark = () => ({ at: now(), heard: wire.length, served: wires.served, connected: wires.atWork })
  let since = mark()
  return () => {
    if (wire.length !== since.heard) since = mark()
    return now() - since.at >= idleMs && wires.served - since.served >= TIMES * since.connected
  }
}
