// A case failed while others were in flight. Which one is to blame? Each suspect is played alone, with full deadlines,
// the one that failed first; then, if the server is dead, those tried before; then the one that failed some times more,
// for it may fail now and then; then all of them together as one case with many connections. Only what fails by itself
// can be shrunk and believed.

import type { Case } from '../case.ts'
import type { Failure, Property } from '../property.ts'
import type { Trial } from '../trial.ts'
import { playFor } from './alone.ts'
import type { Explored, Numbered } from './explored.ts'
import { casesBefore } from './past.ts'
import type { Run } from './run.ts'

export type Isolated =
  | { readonly is: 'found'; readonly subject: Case; readonly failure: Failure; readonly trial: Trial }
  /** Nothing failed again. */
  | { readonly is: 'vanished' }
  /** The server is gone and nobody restarts it: the suspects cannot be told apart. */
  | { readonly is: 'gone' }

/** Cases that have been in flight with a failure and are played alone, at the most. */
const SUSPECTS = 40

/** Further plays of the case that failed: one that fails every second time passes the first and all of these once in 32. */
const AGAIN = 4

export async function isolate(
  property: Property,
  run: Run,
  failed: NonNullable<Explored['failed']>,
): Promise<Isolated> {
  const culprit = { index: failed.index, subject: failed.trial.subject }
  const others = failed.beside.slice(0, SUSPECTS)
  const rule = failed.trial.verdict.is === 'fail' ? failed.trial.verdict.rule : ''
  const isDead = (await run.target.died()) !== undefined
  const past = isDead ? casesBefore(property, run, culprit.index) : []
  for (const { subject } of [culprit, ...others, ...past]) {
    const outcome = await playAlone(property, run, subject, rule)
    if (outcome !== undefined) return outcome
  }
  for (let times = 0; times < AGAIN; times++) {
    const outcome = await playAlone(property, run, culprit.subject, rule)
    if (outcome !== undefined && (outcome.is !== 'found' || outcome.failure.rule === rule)) return outcome
  }
  if (others.length === 0) return { is: 'vanished' }
  return (await playAlone(property, run, together(culprit, others), rule)) ?? { is: 'vanished' }
}

async function playAlone(property: Property, run: Run, subject: Case, rule: string): Promise<Isolated | undefined> {
  if (run.interrupted.aborted) return { is: 'vanished' }
  const trial = await playFor(property, rule)(property, run, subject, run.patience.full)
  if (trial === 'gone') return { is: 'gone' }
  if (trial.verdict.is !== 'fail') return undefined
  return { is: 'found', subject, failure: trial.verdict, trial }
}

/** One case of all these cases' connections, moving in turns; those of the culprit come last, where a witness stands. */
export function together(culprit: Numbered, others: readonly Numbered[]): Case {
  const connections = [...others, culprit].flatMap(({ subject }) => subject.connections)
  const rounds = Math.max(...connections.map(({ steps, cuts }) => steps.length + cuts.length))
  const turns = Array.from({ length: rounds }, () => connections.map((_, on) => on)).flat()
  return { connections, turns }
}
