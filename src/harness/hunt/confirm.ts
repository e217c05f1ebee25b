import type { Case } from '../case.ts'
import type { Failure, Property } from '../property.ts'
import { comesToRest } from '../quiet.ts'
import type { Confirmation } from '../result.ts'
import type { Trial } from '../trial.ts'
import { CRASH, DIES_LATE_MS, MUTE, playFor, type Stage } from './alone.ts'

/** What playing a case again came to. */
export interface Confirmed {
  readonly confirmation: Confirmation
  /** The last play that failed by the rule. */
  readonly failing?: { readonly trial: Trial; readonly failure: Failure }
  /** A play that broke another rule instead, if any did. */
  readonly otherwise?: { readonly trial: Trial; readonly failure: Failure }
  /** Why nothing could be said, where nothing could. */
  readonly unjudged?: string
}

/** Plays `subject` `times` times with full deadlines and counts how often it breaks `rule`. */
export async function confirm(
  property: Property,
  stage: Stage,
  subject: Case,
  rule: string,
  times: number,
): Promise<Confirmed> {
  const trials: Trial[] = []
  let isGone = false
  // Whoever has not seen the server die must give it time to, once.
  let lingersMs = rule === CRASH ? (stage.lingersMs ?? DIES_LATE_MS) : stage.lingersMs
  const playOn = async (): Promise<boolean> => {
    if (stage.interrupted.aborted) return false
    const watched = lingersMs === undefined ? stage : { ...stage, lingersMs }
    const trial = await playFor(property, rule)(property, watched, subject, stage.patience.full)
    if (stage.interrupted.aborted) return false
    isGone = trial === 'gone'
    if (trial === 'gone') return false
    trials.push(trial)
    if (trial.verdict.is === 'pass') lingersMs = stage.lingersMs
    return true
  }
  let goesOn = times > 0 && (await playOn())
  const isAlone = property.series !== undefined || property.oneAtATime === true || property.onFresh === true
  const disturbsNobody = stage.servesTwo && subject.connections.length === 1 && !isAlone
  if (goesOn && disturbsNobody && rule !== MUTE && isSilence(trials[0] as Trial)) {
    // What fails by silence costs a deadline each time. One silent connection disturbs nobody, so the others wait side by
    // side. Where several connections disturb each other, those of other plays would join in.
    await Promise.all(Array.from({ length: times - 1 }, playOn))
    goesOn = false
  }
  while (goesOn && trials.length < times) goesOn = await playOn()
  const last = trials.at(-1)
  // The exit of a server that is not ours to start is not seen: it accepted a client before this case, and none after it.
  if (last?.verdict.is === 'pass' && stage.target.restart === undefined && (isGone || (await hasGone(stage))))
    trials.splice(-1, 1, { ...last, verdict: GONE })
  return summary(trials, rule)
}

/** Whether the server is gone once it has come to rest: one that is ending accepts clients until it has ended. */
async function hasGone({ target, table, interrupted }: Stage): Promise<boolean> {
  if (interrupted.aborted) return false
  await comesToRest(table.processes?.() ?? [], () => interrupted.aborted)
  return (await target.ready()) === 'gone' && !interrupted.aborted
}

const GONE = {
  is: 'fail',
  rule: CRASH,
  expected: 'the server lives on',
  actual: 'the server accepts no connections any more',
} as const

/** It failed because nothing came, and the server is alive. */
function isSilence({ verdict, transcripts, server }: Trial): boolean {
  const waited = transcripts.some(({ events }) =>
    events.some((event) => event.did === 'waited' && event.why === 'deadline'),
  )
  return verdict.is === 'fail' && waited && server?.exit === undefined
}

function summary(trials: readonly Trial[], rule: string): Confirmed {
  const broken = trials.flatMap((trial) => (trial.verdict.is === 'fail' ? [{ trial, failure: trial.verdict }] : []))
  const same = broken.filter(({ failure }) => failure.rule === rule)
  const [failing, otherwise] = [same.at(-1), broken.find(({ failure }) => failure.rule !== rule)]
  // One that could not be judged tells nothing, least of all that it is mended.
  const judged = trials.filter(({ verdict }) => verdict.is !== 'inconclusive')
  const confirmation = { failed: same.length, tried: judged.length }
  const unjudged = judged.length === 0 ? { unjudged: whyUnjudged(trials) } : {}
  return { confirmation, ...(failing ? { failing } : {}), ...(otherwise ? { otherwise } : {}), ...unjudged }
}

function whyUnjudged([first]: readonly Trial[]): string {
  return first?.verdict.is === 'inconclusive' ? first.verdict.why : 'the server accepts no connections any more'
}
