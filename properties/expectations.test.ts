import { describe, expect, it } from 'vitest'
import { entryNamed, SERVER_NAMES } from '../src/servers-under-test/catalogue.ts'
import { propertiesOf } from './catalogue.ts'
import type { Expectation } from './expectation.ts'
import { EXPECTATIONS } from './expectations.ts'
import { builtInProtocols } from './protocols/built-in.ts'
import { firstFailures } from './testing/first-failures.ts'
import { catalogued, complaints, hold, protocolNamed } from './testing/hold.ts'

/** Enough for every planted bug to be met: the cases of a seed are the same on every machine. */
const UNTIL_FOUND = 1_000
const SILENT = 4
/** Where a server spins as soon as its bug is met, and takes a processor from all other tests: one case of these only. */
const WHERE_IT_SPINS = {
  runs: 1,
  only: ['any/answers', 'any/cuts', 'any/half-close', 'any/disconnect', 'any/isolation'],
}

/** They speak of processes, not of protocols, and take long: `styles.test.ts` holds them, in one protocol. */
const LONG_TO_SHRINK = ['any/hoarding', 'any/leak', 'any/forgets', 'any/idle-cpu']
/** A thousand segments, long messages, or two starts of the server: `styles.test.ts` and `odd-servers.test.ts` hold them. */
const LONG_TO_HOLD = [...LONG_TO_SHRINK, 'any/rescan', 'any/latency', 'any/restart']
/** To shrink it takes a server for each try. The others are held: it takes one short case. */
const ON_FRESH = ['any/announced']

/** A bug for each claim; the others are `npm run score`'s. */
const tested = EXPECTATIONS.filter(({ tested }) => tested)

describe.concurrent.each(tested)('$server in $protocol', (row) => {
  // To shrink it takes long: 70 plays of one case and more, one after another, wait for what is given back, and a server that has ended, or
  // spins, is started again for each try. And where the smallest case depends on the machine, it says nothing.
  const isLong = [...LONG_TO_SHRINK, ...ON_FRESH].includes(row.bug!.property) || row.bug!.rule === 'crash'
  if (isLong || row.bug!.smallest === undefined) {
    it('is found by the claim that speaks of its bug', async () => {
      const { property, rule } = row.bug!
      const found = await firstFailures(catalogued(row.server, row.protocol, row.idleMs), [property], {
        seed: 1,
        runs: UNTIL_FOUND,
      })
      expect(found).toEqual({ [property]: rule })
    })
  } else
    it('is found by the claim that speaks of its bug, and shrunk to the smallest case that shows it', async () => {
      const { property, rule, smallest } = row.bug!
      const run = await holdBroken(row, UNTIL_FOUND, [property], row.idleMs)
      const { failure } = run.properties[0] ?? {}
      const { connections, frames, cuts, bytes, confirmed } = failure ?? {}
      const seen = { rule: failure?.rule, connections, frames, cuts, bytes, confirmed }
      expect(seen, complaints(run).join('\n')).toEqual({
        rule,
        ...smallest,
        confirmed: { failed: 5, tried: 5 },
      })
    })

  const claims = (row.also ?? []).filter((id) => idsOf(row.protocol).includes(id))
  if (claims.length > 0)
    it('breaks the other claims that its bug makes false', async () => {
      const rules = await firstFailures(catalogued(row.server, row.protocol), claims, { seed: 1, runs: UNTIL_FOUND })
      expect(claims.filter((id) => rules[id] === undefined)).toEqual([])
    })

  const named = namedBy(row)
  const spins = row.bug!.rule === 'spins'
  const held = spins ? WHERE_IT_SPINS.only : idsOf(row.protocol).filter((id) => !LONG_TO_HOLD.includes(id))
  const others = held.filter((id) => !named.includes(id))
  if (others.length === 0) return
  it('keeps every claim that is not named', async () => {
    expect(complaints(await holdBroken(row, spins ? WHERE_IT_SPINS.runs : SILENT, others))).toEqual([])
  })
})

describe('the table', () => {
  it('names every server of the catalogue in every protocol that it speaks, once', async () => {
    const spoken = SERVER_NAMES.map(async (name) => {
      const { protocols = [] } = (await entryNamed(name)) ?? {}
      return protocols.map((each) => `${name} ${each}`)
    })
    const all = (await Promise.all(spoken)).flat()
    expect(EXPECTATIONS.map(({ server, protocol }) => `${server} ${protocol}`).sort()).toEqual(all.sort())
  })

  it('has a bug for every server that is called broken, and for no other', () => {
    for (const { server, bug } of EXPECTATIONS) expect([server, bug !== undefined]).toEqual([server, isBroken(server)])
  })

  it.each([
    ...new Set(builtInProtocols.flatMap(({ name }) => idsOf(name))),
  ])('%s has a broken server that it catches in every run of the tests, and right ones that it must let pass', (id) => {
    expect(tested.filter((row) => namedBy(row).includes(id)).map(({ server }) => server)).not.toEqual([])
    const right = EXPECTATIONS.filter(({ bug, protocol }) => bug === undefined && idsOf(protocol).includes(id))
    expect(right.some(({ server }) => server === 'evented' || server === 'udp-echo')).toBe(true)
    expect(right.length).toBeGreaterThan(1)
  })

  it('has deep bugs, eight at least, and 45 others', () => {
    const files = (rows: readonly Expectation[]): number => new Set(rows.map(({ server }) => server)).size
    const broken = EXPECTATIONS.filter(({ bug }) => bug !== undefined)
    expect(files(broken.filter(({ deep }) => deep))).toBeGreaterThanOrEqual(8)
    expect(files(broken.filter(({ deep }) => !deep))).toBeGreaterThanOrEqual(45)
  })
})

function holdBroken(row: Expectation, runs: number, only: readonly string[], idleMs?: number) {
  const { server, protocol, disturbed } = row
  return hold(catalogued(server, protocol, idleMs), { seed: 1, runs, only, concurrency: disturbed ? 1 : 8 })
}

function namedBy({ bug, also = [], sometimes = [], byDesign = [] }: Expectation): string[] {
  return [
    ...(bug === undefined ? [] : [bug.property]),
    ...also,
    ...sometimes,
    ...byDesign.map(({ property }) => property),
  ]
}

function idsOf(protocol: string): string[] {
  const spoken = protocolNamed(protocol)
  return propertiesOf(spoken)
    .filter(({ notFor }) => notFor?.(spoken) === undefined)
    .map(({ id }) => id)
}

function isBroken(server: string): boolean {
  return server.startsWith('broken/')
}
