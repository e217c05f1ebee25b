// A case failed while others were in flight. Which one is to blame? Each suspect is played alone, with full deadlines,
// the one that failed first; then, if the server is dead, those tried before; then the one that failed some times more,
// for it may fail now and then; then all of them together as one case with many connections. Only what fails by itself
// can be shrunk and believed.

import type { Case, Script } from '../case.ts'
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
  /** It is how many clients there are, whatever they say: `any/crowd` speaks of that. */
  | { readonly is: 'crowded' }
  /** The server is gone and nobody restarts it: the suspects cannot be told apart. */
  | { readonly is: 'gone' }

/** Cases that have been in flight with a failure and are played alone, at the most. */
const SUSPECTS = 40

/** Further plays of the case that failed: one that fails every second time passes the first and all of these once in 32. */
const AGAIN = 4
/** None of these is begun after so many milliseconds: with a server that is slow they would take minutes. */
const AGAIN_WITHIN_MS = 5_000

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
  const until = run.table.now() + AGAIN_WITHIN_MS
  for (let times = 0; times < AGAIN && run.table.now() < until; times++) {
    const outcome = await playAlone(property, run, culprit.subject, rule)
    if (outcome !== undefined && (outcome.is !== 'found' || outcome.failure.rule === rule)) return outcome
  }
  if (others.length === 0) return { is: 'vanished' }
  const all = together(culprit, others)
  const outcome = (await playAlone(property, run, all, rule)) ?? { is: 'vanished' }
  const own = culprit.subject.connections.length
  if (outcome.is !== 'found' || !gotNothing(outcome.trial, own)) return outcome
  // A server may have room for so many clients and no more.
  const silent = await playAlone(property, run, merelyConnected(all, own), rule)
  return silent?.is === 'found' && gotNothing(silent.trial, own) ? { is: 'crowded' } : outcome
}

/** Whether nothing came on the last connections of the last play. */
function gotNothing({ transcripts }: Trial, last: number): boolean {
  return (
    transcripts
      .at(-1)
      ?.connections.slice(-last)
      .every(({ received }) => received.length === 0) === true
  )
}

/** The same case in which all but the last connections say nothing. */
function merelyConnected({ connections, turns }: Case, last: number): Case {
  const others = connections.slice(0, -last).map(() => SILENT)
  return { connections: [...others, ...connections.slice(-last)], turns }
}

const SILENT: Script = { steps: [{ do: 'pause', ms: 1 }], cuts: [] }

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
