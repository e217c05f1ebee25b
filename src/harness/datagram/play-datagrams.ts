// Plays a plan of datagrams against an address and writes down what happened. Each event `sent` is one datagram that left,
// and each `received` one that came: that is where datagrams begin and end.

import type { Patience } from '../patience.ts'
import type { Table } from '../play.ts'
import type { Event, Transcript } from '../transcript.ts'
import { LiveClient } from './live-client.ts'
import type { DatagramPlan } from './plan-datagrams.ts'

/** Plays one plan, a move after another. Resolves when every client is done; never rejects for what a server does. */
export async function playDatagrams(plan: DatagramPlan, patience: Patience, table: Table): Promise<Transcript> {
  const began = table.now()
  const events: Event[] = []
  const scene = { patience, table, events, now: () => table.now() - began }
  const clients = plan.bytes.map((bytes, on) => new LiveClient(on, bytes, scene))
  await Promise.all(clients.map((client) => client.open()))
  for (const { on, move } of plan.moves) {
    const made = clients[on]?.make(move)
    if (made !== undefined) await made
  }
  await Promise.all(clients.map((client) => client.settle()))
  return { connections: clients.map((client) => client.leave()), events }
}
