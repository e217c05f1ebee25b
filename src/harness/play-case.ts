import type { Case } from './case.ts'
import { planDatagrams } from './datagram/plan-datagrams.ts'
import { playDatagrams } from './datagram/play-datagrams.ts'
import type { Patience } from './patience.ts'
import { planCase } from './plan.ts'
import { play, type Table } from './play.ts'
import type { Protocol } from './protocol.ts'
import type { Transcript } from './transcript.ts'

/** Plays one case, over the transport of its protocol. Never rejects for what a server does. */
export function playCase(subject: Case, protocol: Protocol, patience: Patience, table: Table): Promise<Transcript> {
  if (protocol.transport === 'udp') return playDatagrams(planDatagrams(subject), patience, table)
  return play(planCase(subject, protocol), protocol, patience, table)
}
