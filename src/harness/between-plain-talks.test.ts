import type { Server, Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { betweenPlainTalks } from './between-plain-talks.ts'
import { confirm } from './hunt/confirm.ts'
import type { Run } from './hunt/run.ts'
import type { Property } from './property.ts'
import { readReport } from './report-file.ts'
import type { PropertyResult } from './result.ts'
import { comesBack, type Hunting, openHunting } from './testing/hunting.ts'
import { alone, awaitAll, send } from './testing/steps.ts'

let hunting: Hunting
afterEach(() => hunting.close())

const HELLO = 'HELLO'
const sanity: Property = { ...comesBack, id: 'test/hello', cases: () => fc.constant(alone([send(HELLO), awaitAll])) }
const EVER = Number.POSITIVE_INFINITY
/** Nothing was tried before. */
const FIRST = { earlier: [] }

/** A server that answers everything rightly, but after a byte 0x7a (or after so many connections) greets no more. */
async function greetsNoMore(given: { restarts: boolean; after?: number; again?: number }): Promise<Run> {
  let connections = 0
  let isBroken = false
  let greetings = 0
  hunting = await openHunting(
    (connection: Socket) => {
      connections += 1
      connection.on('end', () => connection.end())
      connection.on('data', (data) => {
        const isGreeting = data.toString('latin1').startsWith(HELLO.slice(0, 1)) && data.length <= HELLO.length
        const refuses = isGreeting && isBroken && ++greetings <= (given.again ?? EVER)
        connection.write(refuses ? data.map((byte) => byte ^ 1) : data)
        isBroken ||= given.after === undefined ? data.includes(0x7a) : connections > given.after
      })
    },
    { runs: 12, concurrency: 3 },
  )
  const restart = async (): Promise<'restarted'> => {
    // A server that is ended takes with it what it has not read.
    do {
      await setImmediate()
      await setImmediate()
    } while ((await openConnections(hunting.server.server)) > 0)
    isBroken = false
    connections = 0
    return 'restarted'
  }
  const target = { ...hunting.run.target, ...(given.restarts ? { restart } : {}) }
  return { ...hunting.run, sanity, target }
}

function openConnections(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((_, count) => resolve(count)))
}

describe('a server that talked plainly before the cases of a property and does not after them', () => {
  it('has failed, by the one case that does it, shrunk, where it can be started afresh', async () => {
    const run = await greetsNoMore({ restarts: true })
    const { result, report } = await betweenPlainTalks(comesBack, run, EVER, FIRST)
    expect(result).toMatchObject({
      verdict: 'fail',
      cases: 12,
      failure: { rule: 'no-longer-talks', bytes: 1, frames: 1, confirmed: { failed: 5, tried: 5 } },
    })
    expect(result.failure?.expected).toBe('a plain conversation is answered, as it was before')
    expect(result.failure?.actual).toContain('it fails the plain conversation of protocol echoed: expected 48454c4c4f')
    expect(report?.case).toEqual(alone([send(Uint8Array.of(0x7a))]))
    const again = await confirm(comesBack, run, readReport(result.failure!.case).case, 'no-longer-talks', 3)
    expect(again.confirmation).toEqual({ failed: 3, tried: 3 })
  })
  it('has failed, with a report of the last cases, where it cannot', async () => {
    const run = await greetsNoMore({ restarts: false })
    const { result, report } = await betweenPlainTalks(comesBack, run, EVER, FIRST)
    expect(result).toMatchObject({
      verdict: 'fail',
      failure: { rule: 'no-longer-talks', connections: 12, confirmed: { failed: 0, tried: 0 } },
    })
    expect(result.failure?.actual).toContain('(after 12 cases, of which these are the last)')
    expect(readReport(result.failure!.case).case).toEqual(report?.case)
  })
  it('has failed, with a report of the last cases, where none of them does it alone', async () => {
    const run = await greetsNoMore({ restarts: true, after: 10 })
    const { result } = await betweenPlainTalks(comesBack, run, EVER, FIRST)
    expect(result).toMatchObject({ verdict: 'fail', failure: { rule: 'no-longer-talks', connections: 12 } })
  })
  it('has failed, with a report of the last cases, where to play each alone would take too long', async () => {
    const run = await greetsNoMore({ restarts: true, after: 10 })
    let restarts = 0
    const restart = () => {
      restarts += 1
      return run.target.restart!()
    }
    const table = { ...run.table, now: () => run.table.now() + restarts * 21_000 }
    const slow = { ...run, table, target: { ...run.target, restart } }
    const { result } = await betweenPlainTalks(comesBack, slow, EVER, FIRST)
    expect(result).toMatchObject({ verdict: 'fail', failure: { rule: 'no-longer-talks', connections: 12 } })
    expect(restarts).toBe(1)
  })
  it('is inconclusive where it talks again when it is asked once more', async () => {
    const run = await greetsNoMore({ restarts: true, again: 1 })
    const { result } = await betweenPlainTalks(comesBack, run, EVER, FIRST)
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringMatching(/^every case passed; of two plain conversations afterwards the first failed \(/),
    })
  })
})

describe('a server that does not talk plainly before a property', () => {
  it.each([
    ['is not asked again where that took long, and nobody can start it again', false, 11_000, 0],
    ['is asked again where that took no time', false, 20, 1],
    ['is asked again where it can be started again', true, 11_000, 1],
  ])('%s', async (_, restarts, tookMs, asked) => {
    const run = await greetsNoMore({ restarts })
    await confirm(comesBack, run, alone([send('break z'), awaitAll]), 'lost', 1)
    let readied = 0
    const ready = async () => {
      readied += 1
      return 'up' as const
    }
    // Each time that it is asked takes so long.
    const table = { ...run.table, now: () => run.table.now() + readied * tookMs }
    const target = { ...run.target, ready, ...(restarts ? { restart: async () => 'gone' as const } : {}) }
    const late = { ...run, table, target }
    const last = await betweenPlainTalks(comesBack, late, EVER, FIRST)
    expect(last.result).toMatchObject({
      verdict: 'error',
      cases: 0,
      why: expect.stringMatching(/^not tried: it fails/),
    })
    readied = 0
    const { result } = await betweenPlainTalks(comesBack, late, EVER, { earlier: [], last })
    expect([result.verdict, result.why, readied]).toEqual(['error', last.result.why, asked])
  })
  it('is started afresh where that can be done', async () => {
    const run = await greetsNoMore({ restarts: true, after: 1 })
    const pass: Property = { ...comesBack, check: () => ({ is: 'pass' }) }
    const broken = await betweenPlainTalks(pass, { ...run, runs: 1 }, EVER, FIRST)
    expect(broken.result.why ?? '').not.toContain('not tried')
  })
  it.each([
    ['is said to have talked until a claim failed, that of every claim that follows, where nobody starts it', false],
    ['is said to be what it is where it can be started, and is not up', true],
  ])('%s', async (_, restarts) => {
    const run = await greetsNoMore({ restarts })
    const target = { ...run.target, ...(restarts ? { restart: async () => 'gone' as const } : {}) }
    await confirm(comesBack, run, alone([send('break z'), awaitAll]), 'lost', 1)
    const failing = { verdict: 'fail', id: 'test/before' } as PropertyResult
    const first = await betweenPlainTalks(comesBack, { ...run, target }, EVER, { ...FIRST, last: { result: failing } })
    const second = await betweenPlainTalks(comesBack, { ...run, target }, EVER, { ...FIRST, last: first })
    const said = [first, second].map(({ result }) => result.why?.includes('(since test/before failed; start it again'))
    expect(said).toEqual([!restarts, !restarts])
  })
  it('is an error, and nothing is tried, where it cannot', async () => {
    const run = await greetsNoMore({ restarts: false, after: 0 })
    await confirm(comesBack, run, alone([send('break'), awaitAll]), 'lost', 1)
    const { result } = await betweenPlainTalks(comesBack, run, EVER, FIRST)
    expect(result).toMatchObject({ verdict: 'error', cases: 0, why: expect.stringMatching(/^not tried: it fails/) })
  })
})
