import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Case } from '../case.ts'
import { comesBack, echoing, type Hunting, openHunting } from '../testing/hunting.ts'
import { alone, awaitAll, send } from '../testing/steps.ts'
import { hunt } from './hunt.ts'

const EVER = Number.POSITIVE_INFINITY
let hunting: Hunting
afterEach(() => hunting.close())

describe('a server', () => {
  it('is played the first cases of the claim, where it has any, and then those that are drawn', async () => {
    const said: string[] = []
    hunting = await openHunting(
      echoing((data) => {
        said.push(data.toString('latin1'))
        return data
      }),
      { runs: 4 },
    )
    const saying = (text: string) => (): Case => alone([send(text), awaitAll])
    const firsts = ['the first', 'the second']
    await hunt({ ...comesBack, firsts: firsts.map(saying) }, hunting.run, EVER, [])
    const drawn = said.filter((text) => !firsts.includes(text)).join('')
    expect(said.slice(0, 2)).toEqual(firsts)
    said.length = 0
    await hunt(comesBack, hunting.run, EVER, [])
    expect(said.join('').endsWith(drawn) && said.join('') !== drawn).toBe(true)
  })
  it.each([
    ['dear', 1, 10],
    ['plain', 4, 1],
  ])('is played %s cases so many at a time at first: %i', async (_, together, weight) => {
    let held: Socket[] = []
    let release: (() => void) | undefined
    const first = new Promise<void>((resolve) => {
      release = resolve
    })
    hunting = await openHunting(
      (connection) => {
        held.push(connection)
        if (held.length === together) setImmediate(() => release?.())
        void first.then(() => echoing()(connection))
      },
      { runs: 40, concurrency: 4 },
    )
    const hunted = hunt({ ...comesBack, weight }, hunting.run, EVER, [])
    await first
    // All that are begun together have connected by the time that the last of them is served.
    expect(held.length).toBe(together)
    held = []
    expect((await hunted).result).toMatchObject({ verdict: 'pass', cases: Math.round(40 / weight) })
  })
})
