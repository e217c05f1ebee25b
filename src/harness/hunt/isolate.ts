// A case failed while others were in flight. Which one is to blame? Each suspect is played alone, with full deadlines, the one
// that failed first; then, if the server is dead, those tried before, and once more with time to die of each; then the one
// that failed some times more, for it may fail now and then; then all of them together as one case with many connections.
// Only what fails by itself can be shrunk and believed.

import type { Case, Script } from '../case.ts'
import type { Failure, Property } from '../property.ts'
import type { Trial } from '../trial.ts'
import { CRASH, DIES_LATE_MS, playFor } from './alone.ts'
import type { Explored, Numbered } from './explored.ts'
import { casesBefore, SUSPECTS_WITHIN_MS } from './past.ts'
import type { Run } from './run.ts'

export type Isolated =
  | {
      readonly is: 'found'
      readonly subject: Case
      readonly failure: Failure
      readonly trial: Trial
      /** How long a server that died late is to be watched when the case is played again. */
      readonly lingersMs?: number
    }
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

/** The suspects are given so many milliseconds each to show that the server dies of them late, and then more. */
const SOON_MS = 250
/** None is begun after so many. */
const LATE_SUSPECTS_MS = 10_000

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
  const suspects = [culprit, ...others, ...past]
  let crash: Isolated | undefined
  const inTime = run.table.now() + SUSPECTS_WITHIN_MS
  for (const { subject } of suspects) {
    if (run.table.now() > inTime) break
    const outcome = await playAlone(property, run, subject, rule)
    if (outcome === undefined) continue
    if (!isDead || !isCrash(outcome)) return outcome
    // It may have died late, of one before: of this one it dies again at once, when it is fresh.
    if ((await diesOf(property, run, subject, rule, 0)) !== undefined) return outcome
    crash = outcome
    break
  }
  // Where it lives on after all of them, it does not die late of any.
  const isLate = isDead && (crash !== undefined || (await run.target.died(DIES_LATE_MS)) !== undefined)
  const blamed = (isLate ? await diesLate(property, run, suspects, rule) : undefined) ?? crash
  if (blamed !== undefined) return blamed
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

function isCrash(outcome: Isolated): outcome is Extract<Isolated, { is: 'found' }> {
  return outcome.is === 'found' && outcome.failure.rule === CRASH
}

/** The first of these of which the server dies, be it after a while. */
async function diesLate(
  property: Property,
  run: Run,
  suspects: readonly Numbered[],
  rule: string,
): Promise<Isolated | undefined> {
  const until = run.table.now() + LATE_SUSPECTS_MS
  for (const lingersMs of [SOON_MS, DIES_LATE_MS]) {
    for (const { subject } of suspects) {
      if (run.table.now() > until) return undefined
      const outcome = await diesOf(property, run, subject, rule, lingersMs)
      if (outcome !== undefined) return outcome
    }
  }
  return undefined
}

/** The death of a fresh server of this case, when it is given time to die, and how much it is to be given from then on. */
async function diesOf(
  property: Property,
  run: Run,
  subject: Case,
  rule: string,
  lingersMs: number,
): Promise<Isolated | undefined> {
  // One that still runs may be about to die of a case before.
  await run.target.restart?.()
  const began = run.table.now()
  const outcome = await playAlone(property, { ...run, lingersMs }, subject, rule)
  if (outcome?.is === 'gone') return outcome
  if (outcome === undefined || !isCrash(outcome)) return undefined
  // Twice as long as it took this time.
  return { ...outcome, lingersMs: Math.min(DIES_LATE_MS, 2 * (run.table.now() - began) + 100) }
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
