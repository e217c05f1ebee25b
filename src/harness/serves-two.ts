import type { Case } from './case.ts'
import type { Patience } from './patience.ts'
import type { Table } from './play.ts'
import { playCase } from './play-case.ts'
import type { Protocol } from './protocol.ts'
import type { Account } from './transcript.ts'

/**
 * Whether a second client is served while a first one is connected and silent. One that is refused, reset or sent away is
 * not: a server may have room for so many and no more. `plain`: the plain conversation.
 */
export async function servesTwo(plain: Case, protocol: Protocol, patience: Patience, table: Table): Promise<boolean> {
  const [script] = plain.connections
  if (script === undefined) return true
  // A sends and is answered; then B talks and closes while A is silent; then A goes on.
  const turns = [0, 0, ...script.steps.map(() => 1), 1]
  const { connections } = await playCase({ connections: [script, script], turns }, protocol, patience, table)
  const [first, second] = connections
  return first === undefined || second === undefined || (!isTurnedAway(first) && isServedAs(first, second))
}

/** Ended by the server before it had said a word. */
function isTurnedAway({ ending, received }: Account): boolean {
  return received.length === 0 && (ending === 'refused' || ending === 'reset' || ending === 'fin')
}

function isServedAs(first: Account, { ending, received }: Account): boolean {
  if (ending === 'timeout' || ending === 'refused') return false
  // Without a model nobody is known to wait in vain; but what one client gets is due to the other too.
  if (received.length === 0 && first.received.length > 0) return false
  return (ending !== 'fin' && ending !== 'reset') || first.ending === ending
}
