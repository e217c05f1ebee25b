import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { monotonic } from './clock.ts'
import { ClientSockets } from './datagram/client-sockets.ts'
import type { Patience } from './patience.ts'
import type { Property, Verdict } from './property.ts'
import type { Protocol } from './protocol.ts'
import type { Resources } from './resources.ts'
import { playAndMeasure, playSeries, type Rows } from './series.ts'
import { comesBack } from './testing/hunting.ts'
import { type Listening, listening } from './testing/listening.ts'
import { LONG, openPlaying } from './testing/playing.ts'
import { echoed } from './testing/small-protocols.ts'
import { alone, awaitAll, send } from './testing/steps.ts'
import { tryCase } from './trial.ts'
import { WirePool } from './wire-pool.ts'

const playing = await openPlaying()
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

const holding = (descriptors: number): Resources => ({ descriptors, threads: 1, processes: 1 })

const tableOf = ({ address }: Listening) => ({
  ...playing,
  address,
  wires: new WirePool(),
  clients: new ClientSockets(),
  now: monotonic,
})

/** Plays rows against an echo server, and says what it holds: the next of these each time, the last one for ever. */
async function rows(
  times: readonly number[],
  held: readonly Resources[],
  {
    idleMs = LONG.idleMs,
    spent = () => false,
    ...options
  }: Partial<Rows> & Partial<Pick<Patience, 'idleMs' | 'spent'>> = {},
) {
  let connections = 0
  server = await listening((connection) => {
    connections += 1
    connection.pipe(connection)
  })
  let asked = 0
  const resources = async (): Promise<Resources | undefined> => held[Math.min(asked++, held.length - 1)]
  const table = {
    ...tableOf(server),
    resources,
  }
  const subject = alone([send('a'), awaitAll])
  const began = monotonic()
  const lasts = await playSeries(
    subject,
    { times, isOver: () => false, ...options },
    echoed as Protocol,
    { ...LONG, idleMs, spent },
    table,
  )
  const left = lasts.flatMap((one) => one.connections.flatMap(({ gaveUp = [] }) => gaveUp))
  const before = lasts.map((one) => one.heldBefore?.descriptors)
  return { connections, before, held: lasts.map((one) => one.resources?.descriptors), left, ms: monotonic() - began }
}

describe('a series', () => {
  it('plays each row to its end and counts before the first and after each', async () => {
    const { connections, before, held } = await rows([2, 3], [9, 10, 10].map(holding))
    expect({ connections, before, held }).toEqual({ connections: 5, before: [9, undefined], held: [10, 10] })
  })

  it('gives the server time to give back what it took, and no more than it takes', async () => {
    const lagging = [10, 10, 12, 14, 13, 12].map(holding)
    const { held, ms } = await rows([1, 1, 1], lagging)
    expect(held).toEqual([10, 12, 12])
    expect(ms).toBeLessThan(LONG.idleMs)
  })

  it('ends with the row after which all is told', async () => {
    const isOver: Rows['isOver'] = (lasts) => lasts.length === 2
    expect(await rows([1, 2, 3], [9, 10, 11].map(holding), { isOver })).toMatchObject({
      connections: 3,
      held: [10, 11],
    })
  })

  it('gives the server time before each of the last two rows, where that is asked for', async () => {
    const { held, ms } = await rows([1, 1, 1], [10, 10, 10].map(holding), { idleMs: 100, rests: true })
    expect(held).toEqual([10, 10, 10])
    expect(ms).toBeGreaterThanOrEqual(400)
  })

  it('is left when its time is over, and says so', async () => {
    const { left, held } = await rows([2, 3], [holding(10)], { spent: () => true })
    expect([left, held]).toEqual([['the time for trying was over'], [undefined]])
  })

  it('does not wait for ever', async () => {
    expect(await rows([1, 1], [10, 10, 11].map(holding), { idleMs: 100 })).toMatchObject({ held: [10, 11] })
  })
})

it('address space is looked at while a connection stands, and when all are over; the most of it is told', async () => {
  let open = 0
  server = await listening((connection) => {
    open += 1
    connection.once('close', () => {
      open -= 1
    })
    connection.pipe(connection)
  })
  const [seen, sizes] = [[] as number[], [5, 7, 3].values()]
  const addressSpaces = () => {
    seen.push(open)
    return [{ pid: 1, size: sizes.next().value ?? 0, peak: 9 }]
  }
  const table = {
    ...tableOf(server),
    addressSpaces,
  }
  const talk = alone([send('a'), awaitAll]).connections
  const subject = { connections: [...talk, ...talk], turns: [0, 0, 1] }
  const transcript = await playAndMeasure(subject, echoed as Protocol, LONG, table)
  expect(transcript.addressSpaces).toEqual([{ pid: 1, size: 7, peak: 9 }])
  expect([seen.length, seen[0]]).toEqual([3, 2])
})

describe('the trial of a property with a series', () => {
  /** Plays rows of one, two and three for a property that looks at this, and says this when it has seen so many rows. */
  async function tried(looksAt: NonNullable<Property['looksAt']>, after: number, verdict: Verdict = { is: 'pass' }) {
    server = await listening((connection) => connection.pipe(connection))
    const table = {
      ...tableOf(server),
      resources: async () => holding(10),
    }
    const property: Property = {
      ...comesBack,
      series: [1, 2, 3],
      looksAt,
      check: (_, seen) => (seen.length < after ? { is: 'inconclusive', why: 'too few', early: true } : verdict),
    }
    const began = monotonic()
    const subject = alone([send('a'), awaitAll])
    const trial = await tryCase(property, subject, echoed as Protocol, { ...LONG, idleMs: 100 }, table)
    return { ...trial, ms: monotonic() - began }
  }

  it('has a play and a transcript for each row up to the one after which it passes', async () => {
    const { verdict, plays, transcripts } = await tried('resources', 2)
    expect([verdict.is, plays.length, transcripts.length]).toEqual(['pass', 2, 2])
  })
  it('ends too with the row after which others would tell no more', async () => {
    const { verdict, transcripts } = await tried('resources', 2, { is: 'inconclusive', why: 'unseen' })
    expect([verdict.is, transcripts.length]).toEqual(['inconclusive', 2])
  })
  it('has time before the last rows where heaps are looked at', async () => {
    const { transcripts, ms } = await tried('heap', 3)
    expect(transcripts).toHaveLength(3)
    expect(ms).toBeGreaterThanOrEqual(400)
  })
})
