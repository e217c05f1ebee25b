import type { Case } from '../case.ts'
import type { Patience } from '../patience.ts'
import { plainTrouble } from '../plain-talk.ts'
import type { Failure, Property } from '../property.ts'
import { type Trial, tryCase, wentUnanswered } from '../trial.ts'
import type { Run } from './run.ts'

/** What it takes to play a case alone. */
export type Stage = Pick<
  Run,
  'target' | 'protocol' | 'sanity' | 'table' | 'interrupted' | 'servesTwo' | 'patience' | 'lingersMs'
>

/** The rule that every case must keep, whatever its property claims. */
export const CRASH = 'crash'

/** Milliseconds in which a server may die of a client that is gone: when a timer of its own is over. */
export const DIES_LATE_MS = 1_500

/** The rule that a server which spoke plainly before a case does so after it. */
export const MUTE = 'no-longer-talks'

/**
 * Plays a case with nothing else in flight, on a server that is up, and sees whether the server survives it: if it is
 * ours and has ended, that is the verdict. `gone` where there is no server to play against.
 */
export async function tryAlone(
  property: Property,
  stage: Stage,
  subject: Case,
  patience: Patience,
): Promise<Trial | 'gone'> {
  const { target, protocol, table, lingersMs } = stage
  if ((await target.ready()) === 'gone') return 'gone'
  target.forget()
  const trial = await tryCase(property, subject, protocol, patience, table)
  // A server that does not start again has ended, and that is what its claim is about.
  const exit = property.looksAt === 'restart' ? undefined : await target.died(lingersMs)
  const output = target.output()
  if (exit === undefined) return output === '' ? trial : { ...trial, server: { output } }
  const verdict = { is: 'fail', rule: CRASH, expected: 'the server lives on', actual: `the server ${exit}` } as const
  return { ...trial, verdict, server: { output, exit } }
}

/**
 * The same between two plain conversations, on a fresh server where that can be had: one that fails only the second is
 * broken by the case, whatever was seen of it before. `gone` too where it fails the first.
 */
export async function tryBetweenTalks(
  property: Property,
  stage: Stage,
  subject: Case,
  patience: Patience,
): Promise<Trial | 'gone'> {
  // What earlier cases have done to the server must not be laid to this one's charge.
  if ((await stage.target.restart?.()) === 'gone' || (await plainTrouble(stage)) !== undefined) return 'gone'
  const trial = await tryAlone(property, stage, subject, patience)
  if (trial === 'gone' || trial.verdict.is === 'inconclusive' || trial.server?.exit !== undefined) return trial
  const trouble = await plainTrouble(stage)
  if (trouble === undefined) return trial
  return { ...trial, verdict: muteFailure(trouble) }
}

/**
 * The same on a fresh server, where that can be had: what an earlier case has begun is not this one's doing, and what this
 * one has begun goes no further.
 */
async function tryFresh(...[property, stage, subject, patience]: Parameters<typeof tryAlone>): Promise<Trial | 'gone'> {
  const { target } = stage
  if ((await target.restart?.()) === 'gone') return 'gone'
  const trial = await tryAlone(property, stage, subject, patience)
  // One that answers nobody any more does not hear that it is to end.
  if (trial !== 'gone' && trial.verdict.is === 'fail') await target.restart?.(wentUnanswered(trial))
  return trial
}

/** The failure of a server that cannot be talked to after a case, for this reason. */
export function muteFailure(trouble: string): Failure {
  return { is: 'fail', rule: MUTE, expected: 'a plain conversation is answered, as it was before', actual: trouble }
}

/** How a case of this property is played to see whether it breaks this rule. */
export function playFor({ onFresh }: Property, rule: string): typeof tryAlone {
  if (rule === MUTE) return tryBetweenTalks
  // A server may die of many cases together.
  return onFresh && rule !== CRASH ? tryFresh : tryAlone
}
