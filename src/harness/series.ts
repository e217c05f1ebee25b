// A leak is not a number but a slope: the same case again and again, and what the server holds after each row of plays.

import { setTimeout as pause } from 'node:timers/promises'
import { type AddressSpace, mostOf } from './address-space.ts'
import type { Case } from './case.ts'
import { BUSY } from './idle-cpu.ts'
import { type Patience, TIME_OVER } from './patience.ts'
import { planCase } from './plan.ts'
import { play, type Table } from './play.ts'
import type { Protocol } from './protocol.ts'
import { GIVES_BACK_WITHIN, holdsMore } from './resources.ts'
import type { Transcript } from './transcript.ts'

const BETWEEN_LOOKS_MS = 20

/** Rows of plays of one case. */
export interface Rows {
  /** How often it is played in each. */
  readonly times: readonly number[]
  /** Whether the server is given time to give back what it took before each of the last two of them. */
  readonly rests?: boolean
  /** Whether these transcripts, one of each row so far, say all that is to be said. */
  readonly isOver: (lasts: readonly Transcript[]) => boolean
}

/**
 * Plays a case in rows of plays. Gives the last transcript of each row, with what the server held after it, and in the first
 * what it held before.
 */
export async function playSeries(
  subject: Case,
  { times, rests = false, isOver }: Rows,
  protocol: Protocol,
  patience: Patience,
  table: Table,
): Promise<Transcript[]> {
  const plan = planCase(subject, protocol)
  // What it says is not judged: where it sleeps, nothing is waited for.
  const quiet = patience.quiet ?? patience.lull
  const brisk = { ...patience, ...(quiet && { quiet }) }
  const lasts: Transcript[] = []
  const { resources: heldBefore } = await held(table)
  for (const [row, plays] of times.entries()) {
    const isLast = row === times.length - 1
    if (rests && row >= times.length - 2) await rest(table, GIVES_BACK_WITHIN * patience.idleMs)
    let last: Transcript | undefined
    for (let done = 0; done < plays; done++) {
      last = await play(plan, protocol, brisk, table)
      if (last.connections.some(({ gaveUp }) => gaveUp !== undefined)) return [...lasts, last]
      if (patience.spent?.()) return [...lasts, leftNow(last)]
    }
    if (last === undefined) continue
    const before = lasts.at(-1)
    const until = table.now() + GIVES_BACK_WITHIN * patience.idleMs
    const first = row > 0 || heldBefore === undefined ? {} : { heldBefore }
    lasts.push({ ...last, ...first, ...(isLast ? await givenBack(table, before, until) : await held(table)) })
    if (isOver(lasts)) break
  }
  return lasts
}

/** Waits so many milliseconds, and no longer where we are to end. */
async function rest({ now, wires }: Table, ms: number): Promise<void> {
  for (const until = now() + ms; now() < until && !wires.isOver; ) await pause(BETWEEN_LOOKS_MS)
}

/** The last play before the time was over: there were more to come. */
function leftNow(last: Transcript): Transcript {
  return { ...last, connections: last.connections.map((account) => ({ ...account, gaveUp: TIME_OVER })) }
}

type Held = Pick<Transcript, 'resources'>

async function held({ resources }: Table): Promise<Held> {
  const now = await resources?.()
  return now === undefined ? {} : { resources: now }
}

/** What the server holds as soon as that is no more than before, or when its time to give it back is over. */
async function givenBack(table: Table, before: Held | undefined, until: number): Promise<Held> {
  for (;;) {
    const now = await held(table)
    if (!holdsMore(now.resources, before?.resources) || table.now() > until) return now
    await pause(BETWEEN_LOOKS_MS)
  }
}

/**
 * Plays a case once, and looks before and after it at what the server does when nothing is asked of it: afterwards as long
 * as it is busy, and until it has had as much time as for giving back what it took. What was asked of it may be much work.
 */
export async function playAndRest(
  subject: Case,
  protocol: Protocol,
  { atWork: _, ...patience }: Patience,
  table: Table,
): Promise<Transcript> {
  const before = await table.idleCpu?.()
  // That it works says nothing here: one that spins would be waited for ten times as long as one that sleeps.
  const transcript = await play(planCase(subject, protocol), protocol, patience, table)
  const until = table.now() + GIVES_BACK_WITHIN * patience.idleMs
  let after = await table.idleCpu?.()
  while (after !== undefined && after.now >= BUSY && table.now() < until) after = await table.idleCpu?.()
  if (before === undefined || after === undefined) return transcript
  return { ...transcript, cpu: { least: after.least, before: before.now, after: after.now } }
}

/**
 * Plays a case once, and looks at the server's address space each time that a connection is about to be closed, for a process
 * that serves it may be gone with it, and when all are closed.
 */
export async function playAndMeasure(
  subject: Case,
  protocol: Protocol,
  patience: Patience,
  table: Table,
): Promise<Transcript> {
  const looks: (readonly AddressSpace[])[] = []
  const look = (): undefined => {
    looks.push(table.addressSpaces?.() ?? [])
  }
  const transcript = await play(planCase(subject, protocol), protocol, patience, { ...table, closing: look })
  look()
  const addressSpaces = mostOf(looks)
  return addressSpaces.length === 0 ? transcript : { ...transcript, addressSpaces }
}
