// A case fails by itself. It is made as small as it can be, confirmed, and written down; at every step the best report so
// far is on disk.

import type { Property } from '../property.ts'
import type { Report } from '../report.ts'
import { openReport } from '../report-file.ts'
import { CRASH, MUTE } from './alone.ts'
import { type Confirmed, confirm } from './confirm.ts'
import { type Effort, failed, type Hunted } from './hunted.ts'
import { type Failing, type Minimised, minimise } from './minimise.ts'
import { progressTeller } from './progress.ts'
import { reportOf } from './report-of.ts'
import type { Run } from './run.ts'
import { wearFromNow } from './wear.ts'

/** Plays with full deadlines before a failure is reported. */
const CONFIRMATIONS = 5
/** Plays before shrinking, to know how often it fails. */
const SOUNDINGS = 3
/** Plays in a row that a smaller case must fail: otherwise shrinking drifts towards cases that fail by a race. */
const IN_A_ROW = 2
/** The same once it has drifted all the same. */
const IN_A_LONG_ROW = 6

/** `undefined` where it never failed again, and the server lives: then it is no more than a doubt, and nothing is left on disk. */
export async function pursue(
  property: Property,
  run: Run,
  effort: Effort,
  scent: Failing,
): Promise<Hunted | undefined> {
  const tell = progressTeller(property.id, run, Number.POSITIVE_INFINITY)
  const file = openReport(run.reportDir)
  const written = (failing: Failing, confirmed?: Confirmed): Report => reportOf(property, run, failing, confirmed)
  file.save(written(scent))
  tell('confirming', effort.sum)
  const wearsOut = await wearFromNow(run)
  const chance = await chanceOf(property, run, scent)
  const attempt = async (inARow: number): Promise<Attempt> => {
    tell('shrinking', effort.sum)
    const saved = (best: Failing): void => {
      file.save(written(best))
      tell('shrinking', effort.sum)
    }
    const small = await minimise(property, run, scent, { chance, inARow }, saved, wearsOut)
    tell('confirming', effort.sum)
    const shrunk: Failing = { subject: small.best, failure: small.failure, trial: small.trial }
    return { small, ...(await believed(property, run, shrunk, scent)) }
  }
  const first = await attempt(IN_A_ROW)
  // What never failed again is a doubt, and no smaller for being shrunk once more.
  const fails = chance === 1 && !isDoubt(scent, first.confirmed)
  const hasDrifted = fails && shareOf(first) < 1 && !run.interrupted.aborted
  const { small, failing, confirmed } = hasDrifted ? surer(await attempt(IN_A_LONG_ROW), first) : first
  if (isDoubt(scent, confirmed) && !run.interrupted.aborted) {
    file.discard()
    return undefined
  }
  const cutShort = small.spent === undefined ? {} : { cutShort: small.spent }
  return failed(property, run, effort, { ...written(failing, confirmed), ...cutShort }, file, small.tries)
}

/** It never failed again. What has ended a server, or made it mute, is none: that was seen whatever is played now. */
function isDoubt({ failure }: Failing, { confirmation }: Confirmed): boolean {
  const wasSeen = failure.rule === CRASH || failure.rule === MUTE
  return confirmation.failed === 0 && confirmation.tried > 0 && !wasSeen
}

/** How often it fails, between 0 and 1 and never 0, by brief deadlines. */
async function chanceOf(property: Property, run: Run, { subject, failure }: Failing): Promise<number> {
  const inHaste = { ...run, patience: { ...run.patience, full: run.patience.shrinking } }
  const { confirmation } = await confirm(property, inHaste, subject, failure.rule, SOUNDINGS)
  return (confirmation.failed + 1) / (confirmation.tried + 1)
}

/** A case made small, and what it is worth. */
interface Attempt {
  readonly small: Minimised
  readonly failing: Failing
  readonly confirmed: Confirmed
}

/** The one that fails more often when it is played again. */
function surer(one: Attempt, other: Attempt): Attempt {
  return shareOf(one) > shareOf(other) ? one : other
}

/** How often it failed when it was confirmed, 0 to 1. */
function shareOf({ confirmed: { confirmation } }: Attempt): number {
  return confirmation.failed / Math.max(1, confirmation.tried)
}

/** A shrunk case that only the brief deadlines made fail is no finding: then the case as it was found must stand. */
async function believed(
  property: Property,
  run: Run,
  shrunk: Failing,
  scent: Failing,
): Promise<{ failing: Failing; confirmed: Confirmed }> {
  const confirmed = await confirm(property, run, shrunk.subject, shrunk.failure.rule, CONFIRMATIONS)
  if (confirmed.confirmation.failed > 0 || run.interrupted.aborted) return { failing: shrunk, confirmed }
  const again = await confirm(property, run, scent.subject, scent.failure.rule, CONFIRMATIONS)
  return { failing: scent, confirmed: again }
}
