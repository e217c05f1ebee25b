// The side that ends a TCP connection first keeps its address for a while (TIME-WAIT). A server that is ended while clients are
// connected ends first, and finds the address taken when it starts again, unless it has asked for it (SO_REUSEADDR).

import type { Case } from './case.ts'
import type { Patience } from './patience.ts'
import { planCase } from './plan.ts'
import { play, type Table } from './play.ts'
import type { Protocol } from './protocol.ts'
import type { Transcript } from './transcript.ts'

/** Times in a row that a server is started before it is said that it cannot be. */
const ATTEMPTS = 2

/** Plays a case once, and ends the server and starts it again when the first of its clients is about to close. */
export async function playAndRestart(
  subject: Case,
  protocol: Protocol,
  patience: Patience,
  table: Table,
): Promise<Transcript> {
  let restarting: Promise<Transcript['restarted']> | undefined
  const closing = async (): Promise<void> => {
    restarting ??= startAgain(table)
    await restarting
  }
  const transcript = await play(planCase(subject, protocol), protocol, patience, { ...table, closing })
  const restarted = await restarting
  return restarted === undefined ? transcript : { ...transcript, restarted }
}

async function startAgain({ restart }: Table): Promise<Transcript['restarted']> {
  if (restart === undefined) return undefined
  let trouble: string | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    trouble = await restart()
    if (trouble === undefined) return { up: true }
  }
  return { up: false, trouble: trouble ?? '' }
}
