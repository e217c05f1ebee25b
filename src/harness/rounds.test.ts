import { afterEach, beforeEach, expect, it } from 'vitest'
import { sentBytes } from './case.ts'
import { hunt } from './hunt/hunt.ts'
import type { Hunted } from './hunt/hunted.ts'
import type { Run } from './hunt/run.ts'
import type { Property, Verdict } from './property.ts'
import { inRounds } from './rounds.ts'
import { comesBack, echoing, type Hunting, openHunting } from './testing/hunting.ts'

/** Cases of each property, of which the first round has a hundred. */
const RUNS = 150
const EVER = Number.POSITIVE_INFINITY

let hunting: Hunting
/** What was tried: the id of the property and what was sent. */
let tried: { id: string; sent: string }[]
let run: Run
beforeEach(async () => {
  hunting = await openHunting(echoing())
  run = { ...hunting.run, runs: RUNS }
  tried = []
})
afterEach(() => hunting.close())

/** A property that is kept up to a case of this number; the first one is number 1. */
function keptUntil(failing: number, id: string, given: Partial<Property> = {}): Property {
  let cases = 0
  const check: Property['check'] = ([subject]): Verdict => {
    cases += 1
    tried.push({ id, sent: Buffer.from(sentBytes(subject!.connections[0]!)).toString('hex') })
    return cases < failing ? { is: 'pass' } : { is: 'fail', rule: 'no', expected: 'a', actual: 'b' }
  }
  return { ...comesBack, id, check, ...given }
}

const kept = (id: string, given?: Partial<Property>): Property => keptUntil(EVER, id, given)

/** What the properties came to, in the order in which it was known. */
async function ends(
  properties: readonly Property[],
  given: Partial<Run> = {},
  { until = EVER, known = new Map() }: { until?: number; known?: ReadonlyMap<string, Hunted> } = {},
): Promise<string[]> {
  const lines: string[] = []
  for await (const hunted of inRounds(properties, { ...run, ...given }, until, known)) {
    const { id, verdict, cases, why, failure } = hunted.result
    const about = failure === undefined ? why : `at ${failure.casesToFailure}`
    lines.push([id, verdict, `${cases}`, ...(about === undefined ? [] : [about])].join(' '))
  }
  return lines
}

/** Which properties were tried, in turn. */
function turns(): string[] {
  return tried.flatMap(({ id }, at) => (tried[at - 1]?.id === id ? [] : [id]))
}

it('tries a few cases of each property before many of any', async () => {
  expect(await ends([kept('a'), kept('b')])).toEqual(['a pass 150', 'b pass 150'])
  expect(turns()).toEqual(['a', 'b', 'a', 'b'])
  expect(tried.slice(0, 200).map(({ id }) => id)).toEqual([...Array(100).fill('a'), ...Array(100).fill('b')])
})

it('tries the cases that would be tried in one go, and each once', async () => {
  await ends([kept('a'), kept('b')])
  const inRoundsOfA = tried.filter(({ id }) => id === 'a')
  tried = []
  await hunt(kept('a'), run, EVER, [])
  expect(inRoundsOfA).toEqual(tried)
})

it('tries each to its end at once where a few cases are all there are', async () => {
  expect(await ends([kept('a'), kept('b')], { runs: 100 })).toEqual(['a pass 100', 'b pass 100'])
  expect(turns()).toEqual(['a', 'b'])
})

it('tries more at first of a claim that finds more than others do', async () => {
  expect(await ends([kept('a'), kept('finds', { shares: 4 })], { runs: 500 })).toEqual(['a pass 500', 'finds pass 500'])
  expect(tried.slice(100, 500).every(({ id }) => id === 'finds')).toBe(true)
  expect(tried[500]?.id).toBe('a')
})

it('tells of a failure of the first round before anything is tried further', async () => {
  expect(await ends([kept('a'), keptUntil(3, 'b')])).toEqual(['b fail 3 at 3', 'a pass 150'])
})

it('finds what fails later, and counts the cases of both rounds', async () => {
  expect(await ends([keptUntil(120, 'a'), kept('b')])).toEqual(['a fail 120 at 120', 'b pass 150'])
})

it('does not come back to a property that has had all its cases', async () => {
  expect(await ends([kept('a'), kept('dear', { weight: 200 })])).toEqual(['dear pass 1', 'a pass 150'])
  expect(turns()).toEqual(['a', 'dear', 'a'])
})

it('says that a server which nobody starts again talks no more since what is known to fail was played', async () => {
  const result = { id: 'b', verdict: 'fail' } as Hunted['result']
  const sanity = keptUntil(1, 'sanity')
  const [first] = await ends([kept('a'), kept('b')], { sanity }, { known: new Map([['b', { result }]]) })
  expect(first).toMatch(/^a error 0 not tried: .* \(since b failed; start it again/)
})

it('does not try what is known to fail', async () => {
  const { result } = await hunt(keptUntil(1, 'b'), run, EVER, [])
  tried = []
  expect(await ends([kept('a'), kept('b')], {}, { known: new Map([['b', { result }]]) })).toEqual([
    'b fail 1 at 1',
    'a pass 150',
  ])
  expect(turns()).toEqual(['a'])
})

it('adds up what could not be judged', async () => {
  const blind = kept('a', { check: () => ({ is: 'inconclusive', why: 'it was dark' }) })
  expect(await ends([blind])).toEqual(['a inconclusive 150 150 of 150 cases could not be judged: it was dark'])
})

it('gives each its share of the time in each round', async () => {
  // Each case takes a millisecond.
  const table = { ...run.table, now: () => tried.length }
  const properties = [kept('a'), kept('b'), kept('dear', { weight: 10_000 })]
  expect(await ends(properties, { table, runs: 10_000 }, { until: 400 })).toEqual([
    'dear pass 1',
    expect.stringMatching(/^a pass 200$/),
    expect.stringMatching(/^b pass 199$/),
  ])
})

it('leaves some time to each, whatever the cases of others take', async () => {
  // The cases of the first take ten seconds each.
  const took = (): number => tried.reduce((total, { id }) => total + (id === 'slow' ? 10_000 : 1), 0)
  const properties = [kept('slow'), kept('a'), kept('restart', { looksAt: 'restart' })]
  expect(await ends(properties, { table: { ...run.table, now: took } }, { until: 60 })).toEqual([
    'slow pass 1',
    'a pass 10',
    'restart pass 10',
  ])
})

it.each([50, 150])('tries last what may leave no server, wherever it stands, with %i cases of each', async (runs) => {
  await ends([kept('restart', { looksAt: 'restart' }), kept('a')], { runs })
  expect([turns().at(0), turns().at(-1)]).toEqual(['a', 'restart'])
})

it.each([
  ['three seconds', 20_000, 17_000],
  ['three tenths of it', 2_000, 1_400],
])('keeps %s of the whole time for who comes last', async (_, until, theirs) => {
  // Each case takes 100 milliseconds.
  const table = { ...run.table, now: () => 100 * tried.length }
  const began: number[] = []
  const restart = kept('restart', { looksAt: 'restart', weight: 10_000 })
  const watched = {
    ...restart,
    check: (...given: Parameters<Property['check']>) => {
      began.push(table.now())
      return restart.check(...given)
    },
  }
  await ends([kept('a'), watched], { table, runs: 1_000 }, { until })
  expect(began).toEqual([theirs])
})

it('takes no time from the others to shrink and confirm', async () => {
  const table = { ...run.table, now: () => (tried.filter(({ id }) => id === 'a').length > 1 ? 5_000 : 0) }
  expect(await ends([keptUntil(1, 'a'), kept('b')], { table, runs: 50 }, { until: 1_000 })).toEqual([
    'a fail 1 at 1',
    'b pass 50',
  ])
})

it('lets stand what the first round came to, where the time is over by then', async () => {
  const table = { ...run.table, now: () => (tried.length < 2 * 100 ? 0 : 2_000) }
  const resumed: string[] = []
  const observer = { propertyResumed: (id: string) => void resumed.push(id) }
  const lines = await ends([kept('a'), kept('b')], { table, observer }, { until: 1_000 })
  expect([lines, resumed]).toEqual([['a pass 100', 'b pass 100'], []])
})

it('tries last what may leave no server, and at once to the end what others would hide', async () => {
  const properties = [kept('restart', { looksAt: 'restart' }), kept('a'), kept('fresh', { onFresh: true })]
  expect(await ends(properties)).toEqual(['fresh pass 150', 'a pass 150', 'restart pass 150'])
  expect(turns()).toEqual(['a', 'fresh', 'a', 'restart'])
  tried = []
  const target = { ...run.target, restart: async () => 'restarted' as const }
  await ends([kept('a'), kept('fresh', { onFresh: true })], { target })
  expect(turns()).toEqual(['a', 'fresh', 'a', 'fresh'])
})

it('lets the failure of a simpler claim explain one, and none that comes after it', async () => {
  expect(await ends([keptUntil(3, 'a'), keptUntil(120, 'b')])).toEqual(['a fail 3 at 3', 'b fail 130 at 3'])
  expect(await ends([keptUntil(120, 'a'), keptUntil(3, 'b')])).toEqual(['b fail 3 at 3', 'a fail 120 at 120'])
})

it('says how far each was tried where the server is gone before its second turn', async () => {
  let isUp = true
  const target = { ...run.target, ready: async () => (isUp ? ('up' as const) : ('gone' as const)) }
  const b = kept('b')
  const last: Property = {
    ...b,
    check: (...given) => {
      const verdict = b.check(...given)
      isUp = tried.filter(({ id }) => id === 'b').length < RUNS
      return verdict
    },
  }
  expect(await ends([kept('a'), last, kept('c')], { target })).toEqual([
    'a pass 150',
    expect.stringMatching(/^b fail 150 at 150$/),
    expect.stringMatching(/^c inconclusive 100 tried no further after 100 cases: /),
  ])
})

it('says of each that is not tried to its end that the run was interrupted', async () => {
  const b = kept('b', {
    check: () => {
      hunting.interrupt()
      return { is: 'pass' }
    },
  })
  expect(await ends([kept('a'), b, kept('c')])).toEqual([
    'b inconclusive 0 interrupted after 0 cases',
    'c inconclusive 0 interrupted before the first case',
    'a inconclusive 100 interrupted after 100 cases',
  ])
})

it('tells its observer what begins, and what goes on', async () => {
  const told: string[] = []
  const observer = {
    propertyStarted: (id: string) => void told.push(`${id} begins`),
    propertyResumed: (id: string) => void told.push(`${id} goes on`),
  }
  await ends([kept('a'), kept('b')], { observer })
  expect(told).toEqual(['a begins', 'b begins', 'a goes on', 'b goes on'])
  told.length = 0
  await ends([kept('alone')], { observer })
  expect(told).toEqual(['alone begins'])
})
