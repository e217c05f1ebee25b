import type { Address } from '../address.ts'
import { type Barrier, openBarrier } from '../barrier.ts'
import type { Case } from '../case.ts'
import { monotonic } from '../clock.ts'
import { type Cork, openCork } from '../cork.ts'
import { ClientSockets } from '../datagram/client-sockets.ts'
import type { NarrowWindow } from '../narrow-window.ts'
import type { Patience } from '../patience.ts'
import { type HasPendingReset, openPendingReset } from '../pending-reset.ts'
import { planCase } from '../plan.ts'
import { play } from '../play.ts'
import type { Protocol } from '../protocol.ts'
import type { Account, Event, Transcript } from '../transcript.ts'
import { WirePool } from '../wire-pool.ts'
import { echoed } from './small-protocols.ts'

/** What a test plays with. */
export interface Playing {
  readonly barrier: Barrier
  readonly cork: Cork | undefined
  readonly hasPendingReset: HasPendingReset | undefined
  readonly window?: NarrowWindow | undefined
  readonly memoryGrowth?: () => number
  readonly protocol?: Protocol
  readonly patience?: Patience
  readonly wires?: WirePool
}

/** Everything that this machine has. */
export async function openPlaying(): Promise<Playing> {
  return { barrier: await openBarrier(), cork: await openCork(), hasPendingReset: await openPendingReset() }
}

/** For what is waited for in vain. */
export const SHORT: Patience = { idleMs: 250, drainMs: 250 }
/** For what comes, also on a busy machine. */
const FAIR: Patience = { idleMs: 4_000, drainMs: 4_000 }
/** So long that a test which has to wait for it fails. */
export const LONG: Patience = { idleMs: 60_000, drainMs: 60_000 }

/** Plays a case against an address, and tells how many milliseconds that took. */
export async function playOn(
  address: Address,
  subject: Case,
  {
    barrier,
    cork,
    hasPendingReset,
    window,
    memoryGrowth,
    protocol = echoed as Protocol,
    patience = FAIR,
    wires = new WirePool(),
  }: Playing,
): Promise<Transcript & { readonly ms: number }> {
  const began = monotonic()
  const transcript = await play(planCase(subject, protocol), protocol, patience, {
    address,
    wires,
    clients: new ClientSockets(),
    barrier,
    cork,
    hasPendingReset,
    window,
    ...(memoryGrowth === undefined ? {} : { memoryGrowth }),
    now: monotonic,
  })
  return { ...transcript, ms: monotonic() - began }
}

/** The account of the only connection. */
export function only({ connections }: Transcript): Account {
  const [account, ...others] = connections
  if (account === undefined || others.length > 0) throw new Error(`one connection expected, not ${connections.length}`)
  return account
}

/** The events of one kind, in order. */
export function eventsOf<D extends Event['did']>({ events }: Transcript, did: D): Extract<Event, { did: D }>[] {
  return events.filter((event): event is Extract<Event, { did: D }> => event.did === did)
}
