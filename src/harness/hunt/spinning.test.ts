import { afterEach, describe, expect, it } from 'vitest'
import type { Property } from '../property.ts'
import type { Target } from '../target/target.ts'
import { comesBack, echoing, firstCase, type Hunting, openHunting } from '../testing/hunting.ts'
import type { Transcript } from '../transcript.ts'
import { playFor } from './alone.ts'
import { confirm } from './confirm.ts'
import { hunt } from './hunt.ts'
import type { Run } from './run.ts'

const EVER = Number.POSITIVE_INFINITY
let hunting: Hunting
afterEach(() => hunting?.close())

const seen: Transcript['cpu'][] = []
const rests: Property = {
  ...comesBack,
  looksAt: 'cpu',
  onFresh: true,
  oneAtATime: true,
  check: (_, [transcript]) => {
    seen.push(transcript?.cpu)
    if (transcript?.cpu?.after !== 1) return { is: 'pass' }
    return { is: 'fail', rule: 'spins', expected: 'rest', actual: 'none' }
  },
}

/** A target that can be started again, and how often it was. */
function restartable(run: Run): { target: Target; starts: () => number } {
  let started = 0
  const restart = async () => {
    started += 1
    return 'restarted' as const
  }
  return { target: { ...run.target, restart }, starts: () => started }
}

describe('a server that spins', () => {
  it('is looked at before and after each case', async () => {
    hunting = await openHunting(echoing(), { runs: 1 })
    const looks = [0.1, 0.2].values()
    const idleCpu = async () => ({ least: 0.1, now: looks.next().value ?? 0 })
    const { result } = await hunt(rests, { ...hunting.run, table: { ...hunting.run.table, idleCpu } }, EVER, [])
    expect(result).toMatchObject({ verdict: 'pass', cases: 1 })
    expect(seen.pop()).toEqual({ least: 0.1, before: 0.1, after: 0.2 })
  })

  it('spins on, so that its case is told as it was seen, where the server cannot be started again', async () => {
    hunting = await openHunting(echoing(), { runs: 20, concurrency: 4 })
    let looks = 0
    const idleCpu = async () => ({ least: 0, now: ++looks < 6 ? 0 : 1 })
    const { result } = await hunt(rests, { ...hunting.run, table: { ...hunting.run.table, idleCpu } }, EVER, [])
    expect(result).toMatchObject({
      verdict: 'fail',
      cases: 3,
      failure: { rule: 'spins', connections: 1, shrinks: 0, confirmed: { failed: 0, tried: 0 } },
    })
  })
})

it('a server that spins before the first case is started again, where that can be, and none that rests', async () => {
  const starts: number[] = []
  for (const share of [1, 0]) {
    hunting = await openHunting(echoing(), { runs: 1 })
    const { run } = hunting
    const { target, starts: started } = restartable(run)
    const idleCpu = async () => ({ least: 0, now: started() > 0 ? 0 : share })
    const changed = { ...run, target, table: { ...run.table, idleCpu } }
    expect((await hunt(rests, changed, EVER, [])).result).toMatchObject({ verdict: 'pass', cases: 1 })
    starts.push(started())
    await hunting.close()
  }
  expect(starts).toEqual([1, 0])
})

it('one that works although nobody asks for anything is started again for any claim, but not where it always does', async () => {
  const starts: number[] = []
  for (const atWork of [async () => true, async () => false, undefined]) {
    hunting = await openHunting(echoing(), { runs: 1 })
    const { run } = hunting
    const { target, starts: started } = restartable(run)
    const trying = { ...run.patience.trying, ...(atWork && { atWork }) }
    const changed = { ...run, patience: { ...run.patience, trying }, target }
    expect((await hunt(comesBack, changed, EVER, [])).result).toMatchObject({ verdict: 'pass', cases: 1 })
    starts.push(started())
    await hunting.close()
  }
  expect(starts).toEqual([1, 0, 0])
})

it.each([
  ['spins', 2],
  ['crash', 0],
])('is played alone, to see whether it breaks rule %s, with %i starts of the server', async (rule, starts) => {
  hunting = await openHunting(echoing())
  const idleCpu = async () => ({ least: 0, now: 1 })
  const { run } = hunting
  const { target, starts: started } = restartable(run)
  const stage = { ...run, target, table: { ...run.table, idleCpu } }
  await playFor(rests, rule)(rests, stage, firstCase(comesBack, run), { idleMs: 100, drainMs: 100 })
  expect(started()).toBe(starts)
})

it.each([
  ['side by side, where one silent client disturbs nobody', comesBack, 4],
  ['one after another, where the claim looks at the server as a whole', rests, 1],
])('is confirmed %s', async (_, property, most) => {
  hunting = await openHunting((connection) => {
    connection.on('end', () => connection.end())
    connection.resume()
  })
  let [playing, atOnce] = [0, 0]
  const { target } = hunting.run
  const counted = {
    ...target,
    ready: () => {
      atOnce = Math.max(atOnce, ++playing)
      return target.ready()
    },
    died: () => {
      playing -= 1
      return target.died()
    },
  }
  const patience = { idleMs: 200, drainMs: 200 }
  const levels = { trying: patience, shrinking: patience, full: patience }
  const run = { ...hunting.run, target: counted, patience: levels }
  const silent = { ...property, check: comesBack.check }
  const { confirmation } = await confirm(silent, run, firstCase(comesBack, run), 'lost', 5)
  expect([confirmation, atOnce]).toEqual([{ failed: 5, tried: 5 }, most])
})

it('a claim whose cases cost as much as ten others is given a tenth of them, one at least', async () => {
  for (const [runs, cases] of [
    [50, 5],
    [3, 1],
  ]) {
    hunting = await openHunting(echoing(), { runs: runs! })
    expect((await hunt({ ...comesBack, weight: 10 }, hunting.run, EVER, [])).result).toMatchObject({ cases })
    await hunting.close()
  }
})
