// The plain conversation with a server: whether it speaks the protocol at all, how fast it answers, and whether it serves
// two clients at a time. Everything that is waited for later is measured by this.

import type { Case } from './case.ts'
import { chanceFor } from './chance.ts'
import { type Levels, levelsFor, type Patience } from './patience.ts'
import { planCase } from './plan.ts'
import { play, type Table } from './play.ts'
import type { Property } from './property.ts'
import type { Protocol } from './protocol.ts'
import { quietTest } from './quiet.ts'
import { type Target, TargetError } from './target/target.ts'
import type { Transcript } from './transcript.ts'
import { tryCase } from './trial.ts'

/** Whom to talk to, about what. */
export interface Talk {
  readonly target: Target
  readonly protocol: Protocol
  /** The plain conversation. */
  readonly sanity: Property
  readonly interrupted: AbortSignal
}

/** What a first conversation told. */
export interface Acquaintance {
  readonly patience: Levels
  /** A second client is served while a first one is connected and silent. */
  readonly servesTwo: boolean
}

/** Longest wait for the first plain answers, before anything is known of the server, in milliseconds. */
const FIRST_PATIENCE: Patience = { idleMs: 5_000, drainMs: 1_000 }

/** Talks to a server for the first time. Throws `TargetError` where it cannot hold a plain conversation. */
export async function acquaint(talk: Talk, table: Table): Promise<Acquaintance> {
  const quiet = quietTest(table.barrier, table.address)
  const first = talk.protocol.model === undefined && quiet ? { ...FIRST_PATIENCE, quiet } : FIRST_PATIENCE
  const { slowestMs } = await talkPlainly(talk, table, first)
  const patience = levelsFor(slowestMs, quiet)
  return { patience, servesTwo: await servesTwo(talk, table, plainPatience(talk.protocol, patience)) }
}

/** Without a model nobody knows what to wait for: a plain conversation waits until the server is quiet, and no longer. */
export function plainPatience({ model }: Protocol, { trying, full }: Levels): Patience {
  return model === undefined ? trying : full
}

/** Holds the plain conversation and tells its slowest answer. Throws `TargetError` where it fails. */
export async function talkPlainly(talk: Talk, table: Table, patience: Patience): Promise<{ slowestMs: number }> {
  const { protocol, sanity, target, interrupted } = talk
  const { verdict, transcripts } = await tryCase(sanity, plainCase(talk), protocol, patience, table)
  if (verdict.is === 'pass' || interrupted.aborted) return { slowestMs: slowestAnswer(transcripts) }
  const what = verdict.is === 'fail' ? `expected ${verdict.expected}; got ${verdict.actual}` : verdict.why
  throw new TargetError(
    `${target.name} fails the plain conversation of protocol ${protocol.name}: ${what}. Does it speak that protocol? (--protocol; tornwire list protocols)`,
  )
}

function plainCase({ sanity, protocol }: Talk): Case {
  return sanity.cases(protocol).generate(chanceFor(0, sanity.id, 0), undefined).value
}

/** Milliseconds between a send and the next bytes received, at the longest. */
function slowestAnswer(transcripts: readonly Transcript[]): number {
  let slowest = 0
  for (const { events } of transcripts) {
    let sent: number | undefined
    for (const event of events) {
      if (event.did === 'sent') sent ??= event.at
      if (event.did !== 'received' || sent === undefined) continue
      slowest = Math.max(slowest, event.at - sent)
      sent = undefined
    }
  }
  return slowest
}

async function servesTwo(talk: Talk, table: Table, patience: Patience): Promise<boolean> {
  const [script] = plainCase(talk).connections
  if (script === undefined) return true
  // A sends and is answered; then B talks while A is silent; then A closes.
  const subject = { connections: [script, script], turns: [0, 0, ...script.steps.map(() => 1)] }
  const transcript = await play(planCase(subject, talk.protocol), talk.protocol, patience, table)
  return transcript.connections[1]?.ending !== 'timeout'
}
