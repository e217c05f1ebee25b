// What was reserved once and given back hides what is reserved again.

import { afterEach, describe, expect, it } from 'vitest'
import { type AddressSpace, MUCH } from '../address-space.ts'
import type { Property } from '../property.ts'
import { comesBack, echoing, type Hunting, openHunting } from '../testing/hunting.ts'
import { hunt } from './hunt.ts'

const EVER = Number.POSITIVE_INFINITY
let hunting: Hunting
afterEach(() => hunting?.close())

/** Fails where a look at the server shows much. There are two in each case. */
const reserves: Property = {
  ...comesBack,
  looksAt: 'address-space',
  onFresh: true,
  oneAtATime: true,
  check: (_, [transcript]) => {
    const [seen] = transcript?.addressSpaces ?? []
    if (seen === undefined || seen.size < MUCH) return { is: 'pass' }
    return { is: 'fail', rule: 'reserves', expected: 'little', actual: 'much' }
  },
}

const AT_FIRST: AddressSpace = { pid: 1, size: 0, peak: 0 }
const AT_MOST: AddressSpace = { pid: 1, size: MUCH, peak: MUCH }
const GIVEN_BACK: AddressSpace = { pid: 1, size: 0, peak: MUCH }

/** Looks at a server that has these address spaces, one at each look, and the last for ever. */
function looking(spaces: readonly AddressSpace[]): () => readonly AddressSpace[] {
  let looks = 0
  return () => [spaces[Math.min(looks++, spaces.length - 1)] as AddressSpace]
}

async function huntLooking(addressSpaces: () => readonly AddressSpace[], restart?: () => void) {
  hunting = await openHunting(echoing(), { runs: 5 })
  const { run } = hunting
  const restarting = async () => {
    restart?.()
    return 'restarted' as const
  }
  const target = restart === undefined ? run.target : { ...run.target, restart: restarting }
  return (await hunt(reserves, { ...run, target, table: { ...run.table, addressSpaces } }, EVER, [])).result
}

describe('what a case has made a server reserve', () => {
  it('is told as it was seen where it is given back, and the server cannot be started again', async () => {
    expect(await huntLooking(looking([AT_FIRST, AT_FIRST, AT_MOST, GIVEN_BACK]))).toMatchObject({
      verdict: 'fail',
      cases: 2,
      failure: { rule: 'reserves', shrinks: 0, confirmed: { failed: 0, tried: 0 } },
    })
  })

  it('is told as it was seen, too, where it is given back only when it was played again', async () => {
    // It still has it when it is asked whether that can be told again, and gives it back in the case that is played then.
    const spaces = [AT_FIRST, AT_FIRST, AT_MOST, AT_MOST, AT_MOST, GIVEN_BACK]
    expect(await huntLooking(looking(spaces))).toMatchObject({
      verdict: 'fail',
      failure: { rule: 'reserves', shrinks: 0, confirmed: { failed: 0, tried: 0 } },
    })
  })

  it('is confirmed where the server still has it', async () => {
    expect(await huntLooking(looking([AT_FIRST, AT_FIRST, AT_MOST]))).toMatchObject({
      verdict: 'fail',
      failure: { rule: 'reserves', confirmed: { failed: 5, tried: 5 } },
    })
  })

  it('hides nothing from the claims after it: the server is started again first, where that can be', async () => {
    let starts = 0
    const result = await huntLooking(
      () => [starts > 0 ? AT_FIRST : GIVEN_BACK],
      () => {
        starts += 1
      },
    )
    expect([result.verdict, result.cases, starts]).toEqual(['pass', 5, 1])
  })
})

describe('what a case has left in a heap', () => {
  const MIB = 1_048_576
  const ASKED = { idleMs: 100, drainMs: 100 }
  /** So long is waited before the last rows. */
  const BRIEF = { trying: ASKED, shrinking: ASKED, full: ASKED }
  const keeps: Property = {
    ...comesBack,
    looksAt: 'heap',
    onFresh: true,
    series: [1, 1],
    check: (_, seen) =>
      seen.length < 2
        ? { is: 'inconclusive', why: 'too few', early: true }
        : { is: 'fail', rule: 'keeps', expected: 'little', actual: 'much' },
  }

  it('is told as it was seen where the server cannot be started again: each play more would fill it further', async () => {
    hunting = await openHunting(echoing(), { runs: 1 })
    const { result } = await hunt(keeps, { ...hunting.run, patience: BRIEF }, EVER, [])
    expect(result).toMatchObject({
      verdict: 'fail',
      failure: { rule: 'keeps', confirmed: { failed: 0, tried: 0 } },
    })
  })

  it.each([
    [9, true],
    [7, false],
  ])('%s MiB of it ask for a fresh server before anything is tried: %s', async (grownMib, isAsked) => {
    hunting = await openHunting(echoing(), { runs: 1 })
    const { run } = hunting
    let asked = 0
    const restart = async () => {
      asked += 1
      return 'restarted' as const
    }
    const table = { ...run.table, memoryGrowth: () => grownMib * MIB }
    const passes: Property = { ...keeps, check: () => ({ is: 'pass' }) }
    await hunt(passes, { ...run, target: { ...run.target, restart }, table, patience: BRIEF }, EVER, [])
    expect(asked > 0).toBe(isAsked)
  })
})
