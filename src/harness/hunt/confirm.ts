import type { Case } from '../case.ts'
import type { Failure, Property } from '../property.ts'
import type { Confirmation } from '../result.ts'
import type { Trial } from '../trial.ts'
import { MUTE, playFor, type Stage } from './alone.ts'

/** What playing a case again came to. */
export interface Confirmed {
  readonly confirmation: Confirmation
  /** The last play that failed by the rule. */
  readonly failing?: { readonly trial: Trial; readonly failure: Failure }
  /** Another rule that was broken instead, if any was. */
  readonly otherwise?: Failure
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
  const playOn = async (): Promise<boolean> => {
    const trial = stage.interrupted.aborted
      ? 'gone'
      : await playFor(property, rule)(property, stage, subject, stage.patience.full)
    if (trial === 'gone' || stage.interrupted.aborted) return false
    trials.push(trial)
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
  return summary(trials, rule)
}

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
  const [failing, otherwise] = [same.at(-1), broken.find(({ failure }) => failure.rule !== rule)?.failure]
  // One that could not be judged tells nothing, least of all that it is mended.
  const judged = trials.filter(({ verdict }) => verdict.is !== 'inconclusive')
  const confirmation = { failed: same.length, tried: judged.length }
  return { confirmation, ...(failing ? { failing } : {}), ...(otherwise ? { otherwise } : {}) }
}
