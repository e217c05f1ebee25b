import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Property } from '../property.ts'
import { listReports, readReport } from '../report-file.ts'
import { plain } from '../report-json.ts'
import { comesBack, echoing, type Hunting, openHunting } from '../testing/hunting.ts'
import { alone, awaitAll, send } from '../testing/steps.ts'
import { hunt } from './hunt.ts'
import { together } from './isolate.ts'

const EVER = Number.POSITIVE_INFINITY
let hunting: Hunting
afterEach(() => hunting?.close())

const wrong = echoing((data) => data.map((byte) => byte ^ 1))

describe('a server that is right', () => {
  it('passes, with as many cases as were asked for', async () => {
    hunting = await openHunting(echoing(), { runs: 30, concurrency: 4 })
    const { result, report } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'pass', cases: 30, conversations: 30, cuts: { requested: 30 } })
    expect(report).toBeUndefined()
    expect(listReports(hunting.run.reportDir)).toEqual([])
  })
  it.each([
    [true, 1],
    [undefined, 4],
  ] as const)('is played with one case at a time: %s, so that it has %i clients', async (oneAtATime, most) => {
    let [open, peak] = [0, 0]
    hunting = await openHunting(
      (connection) => {
        peak = Math.max(peak, ++open)
        connection.on('close', () => {
          open -= 1
        })
        echoing()(connection)
      },
      { runs: 24, concurrency: 4 },
    )
    const property = { ...comesBack, ...(oneAtATime && { oneAtATime }) }
    expect((await hunt(property, hunting.run, EVER, [])).result).toMatchObject({ verdict: 'pass', cases: 24 })
    // The server may see the end of one connection after the beginning of the next.
    expect(peak > 2).toBe(most > 2)
  })
  it('is inconclusive when the time was over before the first case', async () => {
    hunting = await openHunting(echoing())
    const { result } = await hunt(comesBack, hunting.run, hunting.run.table.now() - 1, [])
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      cases: 0,
      why: expect.stringContaining('nothing was tried'),
    })
  })
  it('is inconclusive where cases could not be judged', async () => {
    hunting = await openHunting(echoing(), { runs: 5 })
    const blind = { ...comesBack, check: () => ({ is: 'inconclusive', why: 'it was dark' }) as const }
    const { result } = await hunt(blind, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'inconclusive', why: '5 of 5 cases could not be judged: it was dark' })
  })
  it('is inconclusive where the judge throws, and the error is told', async () => {
    hunting = await openHunting(echoing(), { runs: 3 })
    const broken = {
      ...comesBack,
      check: () => {
        throw new TypeError('no such thing')
      },
    }
    const { result } = await hunt(broken, hunting.run, EVER, [])
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      why: expect.stringContaining('could not judge: TypeError'),
    })
  })
})

describe('a server that is always wrong', () => {
  it('fails with the smallest case, confirmed each time, and a report that says the same', async () => {
    hunting = await openHunting(wrong)
    const { result, report, problem } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result).toMatchObject({
      verdict: 'fail',
      failure: {
        rule: 'lost',
        expected: '61',
        casesToFailure: 1,
        connections: 1,
        frames: 1,
        cuts: 0,
        bytes: 1,
        confirmed: { failed: 5, tried: 5 },
      },
    })
    expect(report?.case).toEqual(alone([send(Uint8Array.of(0x61)), awaitAll]))
    expect(plain(readReport(result.failure!.case))).toEqual(plain(report))
    expect(listReports(hunting.run.reportDir)).toHaveLength(1)
    expect(problem).toBeUndefined()
  })
})

it('the report of a trial of several plays holds what was played, where that was not the case each time', async () => {
  hunting = await openHunting(wrong)
  const other = alone([send('b'), awaitAll])
  const reportOn = async (plays: NonNullable<Property['plays']>) =>
    (await hunt({ ...comesBack, plays }, hunting.run, EVER, [])).report
  const different = await reportOn((subject) => [other, subject])
  expect([different?.transcripts.length, different?.plays]).toEqual([2, [other, different?.case]])
  const twice = await reportOn((subject) => [subject, subject])
  expect([twice?.transcripts.length, twice?.plays]).toEqual([2, undefined])
  const { report: plain } = await hunt(comesBack, hunting.run, EVER, [])
  expect([plain?.transcripts.length, plain?.plays]).toEqual([1, undefined])
})

it('a failure that comes every third time is found by its case alone, and said to come now and then', async () => {
  const heard = new Map<string, number>()
  const wrongAtTimes = echoing((data) => {
    const times = heard.get(data.toString('hex')) ?? 0
    heard.set(data.toString('hex'), times + 1)
    return times % 3 === 0 ? data.map((byte) => byte ^ 1) : data
  })
  hunting = await openHunting(wrongAtTimes, { concurrency: 4 })
  const { result } = await hunt(comesBack, hunting.run, EVER, [])
  expect(result).toMatchObject({ verdict: 'fail', failure: { rule: 'lost', connections: 1, confirmed: { tried: 5 } } })
  expect([1, 2]).toContain(result.failure?.confirmed.failed)
})

describe('a failure that needs others in flight', () => {
  it('is found in all of them together, and shrunk to two connections', async () => {
    const open = new Set<Socket>()
    hunting = await openHunting(
      (connection) => {
        open.add(connection)
        connection.on('close', () => open.delete(connection))
        echoing((data) => (open.size > 1 ? data.fill(0x21) : data))(connection)
      },
      { concurrency: 4 },
    )
    const { result, report } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'fail', failure: { connections: 2, confirmed: { failed: 5, tried: 5 } } })
    expect(report?.actual).toContain('21')
  })
  it('is found though the others have ended before it', async () => {
    const open = new Set<Socket>()
    // The first case that is answered wrongly is answered when it is alone again.
    let pay: (() => void) | undefined
    hunting = await openHunting(
      (connection) => {
        open.add(connection)
        connection.on('close', () => {
          open.delete(connection)
          if (open.size === 1) pay?.()
        })
        connection.on('end', () => connection.end())
        connection.on('data', (data) => {
          const answer = Buffer.from(data).fill(open.size > 1 ? 0x21 : data)
          const isFirst = open.size > 1 && pay === undefined
          if (isFirst) pay = () => connection.write(answer)
          else connection.write(answer)
        })
      },
      { concurrency: 4 },
    )
    const { result } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'fail', failure: { connections: 2, confirmed: { failed: 5, tried: 5 } } })
  })
  it('is none where there is room for so many clients and no more: it is tried on with one at a time', async () => {
    const open = new Set<Socket>()
    hunting = await openHunting(
      (connection) => {
        open.add(connection)
        for (const over of ['end', 'close']) connection.on(over, () => open.delete(connection))
        // Who is gone was so before this client came, and is counted no more when all that has happened until now is heard.
        setImmediate(() => (open.size > 2 ? connection.resume().end() : echoing()(connection)))
      },
      { runs: 20, concurrency: 4 },
    )
    const { result } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'pass', cases: 20 })
  })
  it('is tried with the connections of all, taking turns, the failed one last', () => {
    const [one, two, three] = ['a', 'bc', 'def'].map((text, index) => ({
      index,
      subject: alone([send(text), awaitAll]),
    }))
    const all = together(one!, [two!, three!])
    expect(all.connections).toEqual([two, three, one].flatMap((each) => each!.subject.connections))
    expect(all.turns.slice(0, 6)).toEqual([0, 1, 2, 0, 1, 2])
  })
})

describe('a server that fails now and then', () => {
  it('is confirmed less than each time', async () => {
    let connections = 0
    hunting = await openHunting((connection) => (++connections % 4 === 0 ? echoing() : wrong)(connection))
    const { result } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result.verdict).toBe('fail')
    const { failed, tried } = result.failure!.confirmed
    expect(tried).toBe(5)
    expect(failed).toBeGreaterThan(0)
    expect(failed).toBeLessThan(5)
  })
  it('is inconclusive, and leaves no report, where its case failed alone once and then never again', async () => {
    let connections = 0
    hunting = await openHunting((connection) => (++connections <= 2 ? wrong : echoing())(connection), { runs: 10 })
    const { result, report } = await hunt(comesBack, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'inconclusive', why: expect.stringMatching(/^flaky: 1 of 10 cases/) })
    expect([report, listReports(hunting.run.reportDir)]).toEqual([undefined, []])
  })
  it('passes where its case failed once, by the time that it took, and then never again', async () => {
    let connections = 0
    hunting = await openHunting((connection) => (++connections === 1 ? wrong : echoing())(connection), { runs: 10 })
    const { result, weakness } = await hunt({ ...comesBack, timed: true }, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'pass', cases: 10 })
    expect(weakness).toMatch(/1 of 10 cases took too long once, but not when they were played again alone/)
  })
  it('is inconclusive where its case failed once more alone, be it by time', async () => {
    let connections = 0
    hunting = await openHunting((connection) => (++connections <= 2 ? wrong : echoing())(connection), { runs: 10 })
    const { result } = await hunt({ ...comesBack, timed: true }, hunting.run, EVER, [])
    expect(result).toMatchObject({ verdict: 'inconclusive', why: expect.stringMatching(/^flaky: 1 of 10 cases/) })
  })
  it.each([undefined, true] as const)('is inconclusive where no failure came again, timed: %s', async (timed) => {
    const heard = new Set<string>()
    const wrongAtFirst = echoing((data) => {
      const isKnown = heard.has(data.toString('hex'))
      heard.add(data.toString('hex'))
      return isKnown ? data : data.map((byte) => byte ^ 1)
    })
    hunting = await openHunting(wrongAtFirst)
    const { result, report } = await hunt({ ...comesBack, ...(timed && { timed }) }, hunting.run, EVER, [])
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      cases: 3,
      why: expect.stringMatching(/^flaky: 3 of 3 cases failed once/),
    })
    expect(report).toBeUndefined()
  })
})
