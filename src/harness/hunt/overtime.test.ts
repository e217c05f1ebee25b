import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Property } from '../property.ts'
import { comesBack, echoing, type Hunting, openHunting } from '../testing/hunting.ts'
import { alone, awaitAll, pause, send } from '../testing/steps.ts'
import { hunt } from './hunt.ts'
import type { Run } from './run.ts'

let hunting: Hunting
afterEach(() => hunting.close())

const MESSAGES = 100
const ANSWER_MS = 50
const CASE_MS = MESSAGES * ANSWER_MS

/** Cases of many messages, each answered before the next. */
const long: Property = {
  ...comesBack,
  cases: () => fc.constant(alone(Array.from({ length: MESSAGES }, () => [send('a'), awaitAll]).flat())),
}

/** A run against a server that takes so many milliseconds for each answer, by the run's clock: nobody waits for it. */
async function slowRun(answerMs = ANSWER_MS): Promise<{ run: Run; answered: () => number }> {
  let answers = 0
  hunting = await openHunting(
    echoing((data) => {
      answers += 1
      return data
    }),
    { runs: 5 },
  )
  const table = { ...hunting.run.table, now: () => answers * answerMs }
  return { run: { ...hunting.run, table }, answered: () => answers }
}

describe('a case that takes longer than there is time', () => {
  it('is played to its end where it is the first', async () => {
    const { run, answered } = await slowRun()
    const { result } = await hunt(long, run, ANSWER_MS, [])
    expect(result).toMatchObject({ verdict: 'pass', cases: 1, conversations: 1 })
    expect(answered()).toBe(MESSAGES)
  })
  it('is left where it is the first, and takes a minute more than there is', async () => {
    const { run, answered } = await slowRun(1_000)
    const { result } = await hunt(long, run, 1_000, [])
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      cases: 0,
      why: expect.stringContaining('nothing was tried'),
    })
    expect(answered()).toBeGreaterThan(60)
    expect(answered()).toBeLessThan(70)
  })
  it('is played to its end where an idle time is stated that takes longer', async () => {
    const { run, answered } = await slowRun(1_000)
    const { result } = await hunt(long, { ...run, protocol: { ...run.protocol, idleMs: 20_000 } }, 1_000, [])
    expect([result.verdict, answered()]).toEqual(['pass', MESSAGES])
  })
  it('is left, and counts for nothing, where another one was tried before', async () => {
    const { run, answered } = await slowRun()
    const { result } = await hunt(long, run, CASE_MS + ANSWER_MS, [])
    expect(result).toMatchObject({ verdict: 'pass', cases: 1, conversations: 1 })
    // It goes on for as long as one answer may take.
    const beyond = run.patience.trying.idleMs / ANSWER_MS
    expect(answered()).toBeGreaterThan(MESSAGES + beyond)
    expect(answered()).toBeLessThan(2 * MESSAGES)
  })
  it('is left in the middle of a pause', async () => {
    hunting = await openHunting(echoing(), { runs: 2, concurrency: 2 })
    const { run } = hunting
    let made = 0
    const pausing: Property = {
      ...comesBack,
      cases: () => fc.constant(0).map(() => alone([send('a'), awaitAll, pause(made++ === 0 ? 10 : 60_000)])),
    }
    const trying = { idleMs: 50, drainMs: 50 }
    const { result } = await hunt(
      pausing,
      { ...run, patience: { ...run.patience, trying } },
      run.table.now() + 1_000,
      [],
    )
    expect([result.verdict, result.cases, made]).toEqual(['pass', 1, 2])
    expect(result.durationMs).toBeLessThan(30_000)
  })
})
