import type { Case } from '../case.ts'
import type { Failure, Property } from '../property.ts'
import { ProtocolFault } from '../protocol-fault.ts'
import { type Shrunk, shrink } from '../shrink/shrink.ts'
import type { Trial } from '../trial.ts'
import { CRASH, MUTE, playFor } from './alone.ts'
import type { Run } from './run.ts'
import type { WearsOut } from './wear.ts'

/** Candidates and, where nothing else is said, milliseconds that a shrink may take. */
const TRIES = 3_000
const WITHIN_MS = 20_000

/** Candidates that do not fail, after which it is looked at what the server holds: a look may take a quarter of a second. */
const TRIES_BETWEEN_LOOKS = 8

/** Milliseconds that a server is given to die of a candidate: an answer may be on its way, and then the process has to end. */
const ENDS_WITHIN_MS = 25

export interface Minimised extends Shrunk {
  readonly failure: Failure
  readonly trial: Trial
  /** What ended it before its time, in words: its budget, or a function of the protocol that failed. */
  readonly spent?: string
}

/** A failing case with what it failed by. */
export interface Failing {
  readonly subject: Case
  readonly failure: Failure
  readonly trial: Trial
}

/** How sure a candidate must be. */
export interface Demand {
  /**
   * How often the case that is shrunk failed when it was tried (0 … 1]: one that fails now and then is given several tries
   * before a candidate is dismissed.
   */
  readonly chance: number
  /** Plays in a row that a candidate must fail where the case always failed. */
  readonly inARow: number
}

/** Shrinks a case that fails alone; only candidates that break the same rule count. */
export async function minimise(
  property: Property,
  run: Run,
  start: Failing,
  demand: Demand,
  better: (best: Failing, tries: number) => void,
  wearsOut: WearsOut,
): Promise<Minimised> {
  const withinMs = run.shrinkMs ?? WITHIN_MS
  const until = run.table.now() + withinMs
  const stage = start.failure.rule === CRASH ? { ...run, lingersMs: run.lingersMs ?? ENDS_WITHIN_MS } : run
  let best = start
  let tries = 0
  let gone = false
  let isWorn = false
  let fault: string | undefined
  const failsOnce = async (candidate: Case): Promise<Failing | undefined> => {
    const trial = await playFor(property, start.failure.rule)(property, stage, candidate, run.patience.shrinking)
    // A server that is gone is waited for each time that it is asked for: once is enough.
    gone = trial === 'gone'
    const isSame = trial !== 'gone' && trial.verdict.is === 'fail' && trial.verdict.rule === start.failure.rule
    return isSame && !run.interrupted.aborted
      ? { subject: candidate, failure: trial.verdict as Failure, trial }
      : undefined
  }
  const fails = async (candidate: Case): Promise<boolean> => {
    tries += 1
    const failing = await failsOften(() => failsOnce(candidate), demand)
    if (failing !== undefined) {
      best = failing
      better(best, tries)
    }
    // Those that do not fail may wear it out too.
    if (failing !== undefined || tries % TRIES_BETWEEN_LOOKS === 0) isWorn = await wearsOut()
    return failing !== undefined
  }
  const over = (): boolean => gone || isWorn || run.interrupted.aborted || run.table.now() > until
  const shrunk = await shrink(
    start.subject,
    run.protocol.codec,
    // A server that dies is found out by any case, whatever its property speaks of.
    (candidate) =>
      start.failure.rule === CRASH ||
      start.failure.rule === MUTE ||
      (property.admits?.(candidate, run.protocol) ?? true),
    fails,
    { tries: TRIES, over },
  ).catch((error: unknown) => {
    // The case that a function of the protocol cannot be asked about is kept as it is.
    if (!(error instanceof ProtocolFault)) throw error
    fault = error.message
    return { best: best.subject, tries, cutShort: true }
  })
  const budget = isWorn ? WEAR : budgetIn(shrunk.tries, withinMs)
  const spent = fault ?? (shrunk.cutShort && !gone && !run.interrupted.aborted ? budget : undefined)
  return { ...shrunk, failure: best.failure, trial: best.trial, ...(spent === undefined ? {} : { spent }) }
}

const WEAR = 'the server held more and more, and nobody starts it again; --exec lets tornwire do that'

function budgetIn(tries: number, withinMs: number): string {
  return tries >= TRIES ? `its budget of ${TRIES} cases` : `its budget of ${withinMs / 1000} s`
}

/**
 * Whether something fails about as often as the case that it comes from. One that fails now and then is tried until it
 * would have failed in 19 of 20 cases.
 */
async function failsOften<T>(once: () => Promise<T | undefined>, { chance, inARow }: Demand): Promise<T | undefined> {
  if (chance >= 1) {
    for (let failed = 1; failed < inARow; failed++) if ((await once()) === undefined) return undefined
    return once()
  }
  const attempts = Math.min(8, Math.ceil(Math.log(0.05) / Math.log(1 - Math.max(0.1, chance))))
  for (let attempt = 0; attempt < attempts; attempt++) {
    const failing = await once()
    if (failing !== undefined) return failing
  }
  return undefined
}
