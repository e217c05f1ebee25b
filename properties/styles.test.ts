// The table of styles: every style in every protocol against every claim, and what is false of one by design.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { propertiesOf } from './catalogue.ts'
import type { Expectation } from './expectation.ts'
import { STYLE_EXPECTATIONS } from './style-expectations.ts'
import { ABOUT_PROCESSES } from './testing/about-processes.ts'
import { firstFailures } from './testing/first-failures.ts'
import { catalogued, complaints, hold, protocolNamed } from './testing/hold.ts'
import { type Cell, styleSummary, styleTable } from './testing/style-table.ts'

/** A few of each claim: what is told apart here are eight ways to serve, not the cases. */
const RUNS = 2
const SEED = 1
/**
 * Where a connection costs a thread, which takes the processor 50 to 70 ms: one case of each claim. By this seed the case that
 * is played 70 times, to see a leak, is of one connection, and crowds and bursts are small.
 */
const DEAR = { servers: ['threaded', 'prefork-threaded'], trials: { seed: 30, runs: 1 } }
/** Of those, claims about long messages, or many of them, are held in these protocols only: what reads is the same code. */
const OF_BULK = {
  claims: ['any/announced', 'any/pauses', 'any/flood', 'any/session'],
  protocols: ['frame', 'echo'],
}
/** Until a client that stays silent is among the cases. */
const UNTIL_STARVED = 40

/** In which those claims are held that speak of processes. */
const PROTOCOL_FOR_PROCESSES = 'echo'

/** How long a long message takes is asked in one protocol: a MiB in a thousand segments, or three of them beside a client. */
const ABOUT_TIME = { claims: ['any/rescan', 'any/latency'], protocol: 'frame' }

const cellsOf = new Map(STYLE_EXPECTATIONS.map((row) => [row, new Map<string, Cell>()]))

describe.concurrent.each(STYLE_EXPECTATIONS)('$server in $protocol', (row) => {
  const { server, protocol } = row
  const cells = cellsOf.get(row)!
  const claims = claimsIn(row)
  const byDesign = (row.byDesign ?? []).filter(({ property }) => claims.includes(property))
  const others = claims.filter((id) => !byDesign.some(({ property }) => property === id))

  it('keeps every claim that is not named', async () => {
    const trials = DEAR.servers.includes(server) ? DEAR.trials : { seed: SEED, runs: RUNS }
    const result = await hold(catalogued(server, protocol), { ...trials, only: others })
    for (const { id, verdict } of result.properties) cells.set(id, verdict === 'pass' ? 'pass' : 'fails')
    expect(complaints(result)).toEqual([])
    expect(result.properties.map(({ id }) => id)).toEqual(others)
  })

  if (byDesign.length === 0) return
  it(`breaks what is named, because ${byDesign.map(({ because }) => because).join('; ')}`, async () => {
    const rules = await firstFailures(
      catalogued(server, protocol),
      byDesign.map(({ property }) => property),
      { seed: SEED, runs: UNTIL_STARVED },
    )
    for (const expected of byDesign) {
      const rule = rules[expected.property]
      cells.set(expected.property, rule === expected.rule ? expected : rule === undefined ? 'pass' : 'fails')
    }
    expect(rules).toEqual(Object.fromEntries(byDesign.map(({ property, rule }) => [property, rule])))
  })
})

function claimsIn({ server, protocol }: Expectation): string[] {
  const spoken = protocolNamed(protocol)
  const ids = propertiesOf(spoken).flatMap(({ id, notFor }) => (notFor?.(spoken) === undefined ? [id] : []))
  const isShort = DEAR.servers.includes(server) && !OF_BULK.protocols.includes(protocol)
  return ids.filter((id) => {
    if (ABOUT_PROCESSES.includes(id)) return protocol === PROTOCOL_FOR_PROCESSES
    if (ABOUT_TIME.claims.includes(id)) return protocol === ABOUT_TIME.protocol
    return !(isShort && OF_BULK.claims.includes(id))
  })
}

it('is the table of the README', () => {
  // The order in which claims are tried is that of the table.
  const rows = STYLE_EXPECTATIONS.map((row) => {
    const cells = claimsIn(row).flatMap((id): [string, Cell][] => [[id, cellsOf.get(row)?.get(id) ?? 'fails']])
    return { ...row, cells: Object.fromEntries(cells) }
  })
  mkdirSync('reports', { recursive: true })
  writeFileSync('reports/styles.md', `${styleSummary(rows)}\n${styleTable(rows)}`)
  expect(readFileSync('README.md', 'utf8')).toContain(styleSummary(rows))
})
