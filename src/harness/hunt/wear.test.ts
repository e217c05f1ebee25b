import { describe, expect, it } from 'vitest'
import { monotonic } from '../clock.ts'
import type { Run } from './run.ts'
import { wearFromNow } from './wear.ts'

/** Looks at a server that holds so many descriptors before the plays and then at each look, the last number for ever. */
async function worn(held: readonly (number | undefined)[], restart?: () => Promise<'restarted'>) {
  let looks = 0
  const resources = async () => {
    const descriptors = held[Math.min(looks++, held.length - 1)]
    return descriptors === undefined ? undefined : { descriptors }
  }
  const run = {
    target: restart === undefined ? {} : { restart },
    table: { resources, now: monotonic },
    patience: { full: { idleMs: 60, drainMs: 60 } },
    interrupted: new AbortController().signal,
  } as unknown as Run
  const wearsOut = await wearFromNow(run)
  return { wearsOut, looks: () => looks }
}

describe('a server that nobody starts again', () => {
  it.each([
    ['holds 64 more for two idle times', [5, 69], true],
    ['holds 63 more', [5, 68], false],
    ['gives back late what it took', [5, 169, 169, 6], false],
    ['held more before', [169, 5], false],
  ])('that %s is worn out: %s, %s', async (_, held, isWorn) => {
    const { wearsOut } = await worn(held)
    expect(await wearsOut()).toBe(isWorn)
  })

  it('is asked once where nothing can be seen', async () => {
    const { wearsOut, looks } = await worn([undefined])
    expect([await wearsOut(), looks()]).toEqual([false, 1])
  })
})

it('a server that can be started again is, and compared with what it holds then', async () => {
  let restarts = 0
  const restart = async () => {
    restarts += 1
    return 'restarted' as const
  }
  const { wearsOut } = await worn([5, 69, 40, 103, 104], restart)
  const restartsAfter = []
  for (let look = 0; look < 3; look++) {
    expect(await wearsOut()).toBe(false)
    restartsAfter.push(restarts)
  }
  expect(restartsAfter).toEqual([1, 1, 2])
})
