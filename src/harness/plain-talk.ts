// The plain conversation with a server: whether it speaks the protocol at all, how fast it answers, and whether it serves
// two clients at a time. Everything that is waited for later is measured by this.

import type { Case } from './case.ts'
import { chanceFor } from './chance.ts'
import { type Levels, levelsFor, levelsForDatagrams, type Patience, withoutModel } from './patience.ts'
import type { Table } from './play.ts'
import type { Property } from './property.ts'
import type { Protocol } from './protocol.ts'
import { ProtocolFault } from './protocol-fault.ts'
import { type Stillness, stillnessOf } from './quiet.ts'
import { servesTwo } from './serves-two.ts'
import { longestSilence, slowestAnswer } from './slowest-answer.ts'
import { type Target, TargetError } from './target/target.ts'
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

/** The same where no model tells whether there are any: for the first bytes of an answer, and for more behind them. */
const FIRST_WORD_MS = 1_500
const MORE_MS = 100

/** Talks to a server for the first time. Throws `TargetError` where it cannot hold a plain conversation. */
export async function acquaint(talk: Talk, table: Table): Promise<Acquaintance> {
  const { protocol } = talk
  const stillness = table.processes && stillnessOf(table.processes)
  // What it does of itself is known before anything is asked of it.
  const atFirst = await table.idleCpu?.()
  const first = knowsWhatIsDue(protocol) ? FIRST_PATIENCE : await withoutKnowing(stillness)
  const slowestMs = await warmedUp(protocol, () => firstTalk(talk, table, first))
  const patience = await levelsOf(protocol, slowestMs, atFirst?.now === 0 ? 'rests' : 'unknown', stillness, table.now)
  return { patience, servesTwo: await servesTwo(plainCase(talk), protocol, plainPatience(protocol, patience), table) }
}

/** Without a model the silence of a server has to tell when it has answered; with datagrams it tells nothing. */
function knowsWhatIsDue({ model, transport }: Protocol): boolean {
  return model !== undefined || transport === 'udp'
}

/** Where it cannot be seen whether a server rests, each answer costs a whole deadline. */
async function withoutKnowing(stillness: Stillness | undefined): Promise<Patience> {
  const isSeen = (await stillness?.isAsleep()) !== undefined
  if (stillness === undefined || !isSeen) return { ...FIRST_PATIENCE, idleMs: FIRST_WORD_MS }
  const silence = { unheardMs: FIRST_WORD_MS, heardMs: MORE_MS }
  return { ...FIRST_PATIENCE, quiet: stillness.isQuiet, silence }
}

/** `atFirst`: whether the server was seen to rest before anything was said to it. */
async function levelsOf(
  protocol: Protocol,
  slowestMs: number,
  atFirst: 'rests' | 'unknown',
  stillness: Stillness | undefined,
  now: () => number,
): Promise<Levels> {
  if (protocol.transport === 'udp') return levelsForDatagrams(slowestMs)
  const itPolls = stillness !== undefined && atFirst === 'unknown' && (await polls(stillness, now))
  const levels = levelsFor(slowestMs, stillness, itPolls)
  return knowsWhatIsDue(protocol) ? levels : withoutModel(levels, slowestMs)
}

/** Milliseconds that a server takes for an answer without anybody wondering whether it is still starting. */
const BRISK_MS = 50
const MOST_TALKS = 3
/** Without a model, where a message that has no answer costs a deadline in each of them. */
const MOST_WITHOUT = 2

/** The slowest answer of the quickest of some conversations: what is first asked of a server, it may start slowly with. */
async function warmedUp(protocol: Protocol, converse: () => Promise<{ slowestMs: number }>): Promise<number> {
  const most = knowsWhatIsDue(protocol) ? MOST_TALKS : MOST_WITHOUT
  let { slowestMs } = await converse()
  for (let talks = 1; talks < most && slowestMs > BRISK_MS; talks++) {
    // One in which nothing came tells nothing.
    slowestMs = Math.min(slowestMs, (await converse()).slowestMs || slowestMs)
  }
  return slowestMs
}

/** Milliseconds in which there is a moment of sleep: what starts up comes to rest, what polls does not. */
const RESTS_WITHIN_MS = 500

async function polls({ isAsleep }: Stillness, now: () => number): Promise<boolean> {
  const until = now() + RESTS_WITHIN_MS
  while (now() < until) if ((await isAsleep()) !== false) return false
  return true
}

/** Without a model nobody knows what to wait for: a plain conversation waits until the server is quiet, and no longer. */
export function plainPatience({ model }: Protocol, { trying, full }: Levels): Patience {
  return model === undefined ? trying : full
}

/** What it takes to talk plainly again, when the server is known. */
export interface Acquainted extends Talk {
  readonly table: Table
  readonly patience: Levels
}

/** Why the server cannot hold a plain conversation, if so. A dead one of ours is started again first. */
export async function plainTrouble(talk: Acquainted): Promise<string | undefined> {
  const { target, protocol, table, patience } = talk
  if ((await target.ready()) === 'gone') {
    const exit = await target.died()
    return `the server accepts no connections any more${exit === undefined ? '' : ` (it ${exit})`}`
  }
  return (await talkPlainly(talk, table, plainPatience(protocol, patience))).trouble
}

/** Holds the plain conversation and tells its slowest answer. Throws `TargetError` where it fails. */
async function firstTalk(talk: Talk, table: Table, patience: Patience): Promise<{ slowestMs: number }> {
  const { slowestMs, trouble, mayBeAnother } = await talkPlainly(talk, table, patience)
  if (trouble === undefined) return { slowestMs }
  const hint = mayBeAnother ? '. Does it speak that protocol? (--protocol; tornwire list protocols)' : ''
  throw new TargetError(`${trouble}${hint}`)
}

/** How a plain conversation went. `mayBeAnother`: the trouble may be that the server speaks another protocol. */
interface Talked {
  readonly slowestMs: number
  readonly trouble?: string
  readonly mayBeAnother?: boolean
}

async function talkPlainly(talk: Talk, table: Table, patience: Patience): Promise<Talked> {
  const { protocol, sanity, target, interrupted } = talk
  const { verdict, transcripts } = await tryCase(sanity, plainCase(talk), protocol, patience, table)
  const slowestMs = (knowsWhatIsDue(protocol) ? slowestAnswer : longestSilence)(transcripts)
  if (verdict.is === 'pass' || interrupted.aborted) return { slowestMs }
  if (verdict.is === 'inconclusive') {
    return { slowestMs, trouble: `the plain conversation with ${target.name} could not be judged: ${verdict.why}` }
  }
  const what = `expected ${verdict.expected}; got ${verdict.actual}`
  const trouble = `${target.name} fails the plain conversation of protocol ${protocol.name}: ${what}`
  return { slowestMs, trouble, mayBeAnother: true }
}

function plainCase({ sanity, protocol }: Talk): Case {
  try {
    return sanity.cases(protocol).generate(chanceFor(0, sanity.id, 0), undefined).value
  } catch (error) {
    if (!(error instanceof ProtocolFault)) throw error
    throw new TargetError(`no plain conversation can be made: ${error.message}`)
  }
}
