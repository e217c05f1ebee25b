import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { oneIn } from '../chance.ts'
import { monotonic } from '../clock.ts'
import { CaseArbitrary } from '../generate/case-arbitrary.ts'
import type { Property } from '../property.ts'
import type { Target } from '../target/target.ts'
import { comesBack, type Hunting, openHunting } from '../testing/hunting.ts'
import { echoed } from '../testing/small-protocols.ts'
import { alone, awaitAll, reset, send } from '../testing/steps.ts'
import { unjudged } from '../trial.ts'
import { CRASH } from './alone.ts'
import { hunt } from './hunt.ts'
import { minimise } from './minimise.ts'

let hunting: Hunting
afterEach(() => hunting?.close())

const LATE_MS = 30

const { admits: _, ...anyCase } = comesBack
const someAreReset: Property = {
  ...anyCase,
  cases: () =>
    new CaseArbitrary(echoed.codec as never, (chance) =>
      alone([send(Buffer.of(chance.nextInt(0x30, 0xff))), oneIn(chance, 4) ? reset : awaitAll]),
    ),
  check: (plays, transcripts, protocol) =>
    plays[0]?.connections[0]?.steps.at(-1)?.do === 'reset'
      ? { is: 'pass' }
      : comesBack.check(plays, transcripts, protocol),
}

it('a server that dies some time after a client is gone is blamed on that client', async () => {
  let diesAt = Number.POSITIVE_INFINITY
  let starts = 0
  const isDead = (): boolean => monotonic() >= diesAt
  const serve = (connection: Socket): void => {
    if (isDead()) connection.resetAndDestroy()
    connection.on('data', (data) => isDead() || connection.write(data))
    connection.on('end', () => connection.end())
    const start = starts
    connection.on('error', () => {
      // Clients of before it was started again are none of its own.
      if (start === starts) diesAt = Math.min(diesAt, monotonic() + LATE_MS)
    })
  }
  hunting = await openHunting(serve, { concurrency: 4, runs: 400 })
  const restart = async (): Promise<'restarted'> => {
    diesAt = Number.POSITIVE_INFINITY
    starts += 1
    return 'restarted'
  }
  const target: Target = {
    ...hunting.run.target,
    restart,
    ready: async () => (isDead() ? restart() : 'up'),
    died: async (withinMs = 0) => {
      for (const until = monotonic() + withinMs; monotonic() < until && !isDead(); ) await pause(5)
      return isDead() ? 'exited with status 1' : undefined
    },
  }
  const { report, result } = await hunt(someAreReset, { ...hunting.run, target }, Number.POSITIVE_INFINITY, [])
  expect(result.failure).toMatchObject({ rule: 'crash', connections: 1, confirmed: { failed: 5, tried: 5 } })
  expect(report!.case.connections[0]!.steps.at(-1)).toEqual({ do: 'reset' })
}, 30_000)

it('is made small where the server takes some milliseconds to end, of any case that ends it', async () => {
  let isDead = false
  let dying: Promise<unknown> = Promise.resolve()
  const serve = (connection: Socket): void => {
    connection.on('data', (data) => connection.write(data))
    connection.on('end', () => connection.end())
    connection.on('error', () => {
      dying = pause(15).then(() => {
        isDead = true
      })
    })
  }
  hunting = await openHunting(serve)
  const restart = async (): Promise<'restarted'> => {
    await dying
    isDead = false
    return 'restarted'
  }
  const target: Target = {
    ...hunting.run.target,
    restart,
    ready: async () => (isDead ? restart() : 'up'),
    died: async (withinMs = 0) => {
      for (const until = monotonic() + withinMs; monotonic() < until && !isDead; ) await pause(1)
      return isDead ? 'exited with status 1' : undefined
    },
  }
  const subject = alone([send('some'), awaitAll, send('more'), awaitAll, reset])
  const failure = { is: 'fail', rule: CRASH, expected: 'life', actual: 'death' } as const
  const trial = { ...unjudged(subject, ''), verdict: failure }
  const demand = { chance: 1, inARow: 2 }
  const { best } = await minimise(
    someAreReset,
    { ...hunting.run, target },
    { subject, failure, trial },
    demand,
    () => {},
    async () => false,
  )
  expect(best).toEqual(alone([reset]))
}, 30_000)
