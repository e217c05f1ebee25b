// Plays a plan against an address and writes down what happened. All sockets and clocks of a trial are here and below.
//
// Moves are made strictly one after another, whichever connection they belong to; that, and the barrier's proof after
// each segment, is what makes an interleaving reproducible. Play judges nothing: a refused connect, an RST in the middle
// or silence are events like any other, and the moves that have become impossible are passed over.

import type { Address } from './address.ts'
import type { AddressSpace } from './address-space.ts'
import type { Barrier } from './barrier.ts'
import type { Cork } from './cork.ts'
import type { ClientSockets } from './datagram/client-sockets.ts'
import type { IdleCpu } from './idle-cpu.ts'
import { LiveConnection } from './live-connection.ts'
import type { NarrowWindow } from './narrow-window.ts'
import { observe } from './observe.ts'
import type { Patience } from './patience.ts'
import type { HasPendingReset } from './pending-reset.ts'
import type { Plan } from './plan.ts'
import type { Protocol } from './protocol.ts'
import type { Resources } from './resources.ts'
import type { ServerProcesses } from './server-processes.ts'
import type { Event, Transcript } from './transcript.ts'
import type { WirePool } from './wire-pool.ts'

/** What every play of a run shares. */
export interface Table {
  readonly address: Address
  readonly wires: WirePool
  readonly clients: ClientSockets
  readonly barrier: Barrier
  /** Lets a FIN ride on the last data segment; `undefined` where the system cannot be asked to. */
  readonly cork: Cork | undefined
  /** Tells an RST that libuv takes for a FIN; `undefined` where the system cannot be asked. */
  readonly hasPendingReset?: HasPendingReset | undefined
  /** Makes the receive buffer of who does not read small; `undefined` where the system cannot be asked to. */
  readonly window?: NarrowWindow | undefined
  /** Those of the server; missing where they cannot be seen. */
  readonly processes?: ServerProcesses
  /** Bytes by which the server's memory has grown since it was least; missing where it cannot be seen. */
  readonly memoryGrowth?: () => number | undefined
  /** That of each of its processes; missing where they cannot be seen. */
  readonly addressSpaces?: () => readonly AddressSpace[]
  /** What it does while nothing is asked of it; missing where it cannot be seen. */
  readonly idleCpu?: () => Promise<IdleCpu | undefined>
  /** What the server holds once it is at rest; missing where it cannot be seen. */
  readonly resources?: () => Promise<Resources | undefined>
  /** Ends the server and starts it afresh; why it could not be started, if so. Missing where it is not ours to start. */
  readonly restart?: () => Promise<string | undefined>
  /** Called each time that a connection is about to be closed: what the server holds for it is still there. */
  readonly closing?: () => Promise<void> | undefined
  /** Milliseconds, monotonic. */
  readonly now: () => number
}

/** Plays one plan. Resolves when every connection is closed; never rejects for what a server does. */
export async function play<F>(
  plan: Plan,
  protocol: Protocol<F>,
  patience: Patience,
  table: Table,
): Promise<Transcript> {
  const look = await observe(protocol, plan.bytes)
  const began = table.now()
  const events: Event[] = []
  const now = (): number => table.now() - began
  const scene = { protocol, patience, table, events, now }
  const connections = plan.bytes.map((bytes, on) => new LiveConnection(on, bytes, scene))
  try {
    for (const { on, move } of plan.moves) {
      const closing = move.do === 'close' ? table.closing?.() : undefined
      if (closing !== undefined) await closing
      const made = (connections[on] as LiveConnection<F>).make(move)
      if (made !== undefined) await made
    }
  } finally {
    for (const connection of connections) {
      const closing = connection.close()
      if (closing !== undefined) await closing
    }
  }
  return { connections: connections.map((connection) => connection.account()), events, ...(await look()) }
}
