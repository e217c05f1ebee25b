import type { Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Case } from './case.ts'
import { watchOthers } from './passed-over.ts'
import type { Patience } from './patience.ts'
import { type Listening, listening } from './testing/listening.ts'
import { eventsOf, openPlaying, playOn, SHORT } from './testing/playing.ts'
import { alone, awaitAll, send } from './testing/steps.ts'
import { WirePool } from './wire-pool.ts'

const playing = await openPlaying()
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

const subject = alone([send('hi'), awaitAll])

const IDLE_MS = 100

/** One connection among so many; what it has heard, who is served, and the time are for the test to say. */
function among(connected: number) {
  const seen = { ms: 5, length: 3, served: 50, atWork: connected }
  return { seen, isPassedOver: watchOthers(seen, seen, IDLE_MS, () => seen.ms) }
}

describe('who hears nothing', () => {
  it.each([
    ['while more that came later are served than were connected', 16, IDLE_MS, true],
    ['while it may be served after those that were connected', 7, 100 * IDLE_MS, false],
    ['while some that came later may be lucky', 15, 100 * IDLE_MS, false],
    ['for a moment', 1_000, IDLE_MS - 1, false],
  ])('%s: %i others in %i ms, is passed over: %s', (_, served, ms, expected) => {
    const { seen, isPassedOver } = among(8)
    seen.served += served
    seen.ms += ms
    expect(isPassedOver()).toBe(expected)
  })
})

it('who hears something is not passed over, and those who are served from then on count', () => {
  const { seen, isPassedOver } = among(2)
  seen.served += 4
  seen.ms += IDLE_MS
  seen.length += 1
  expect(isPassedOver()).toBe(false)
  seen.ms += IDLE_MS
  expect(isPassedOver()).toBe(false)
  seen.served += 4
  expect(isPassedOver()).toBe(true)
})

describe('a server that works for others', () => {
  const working = { drainMs: 250, atWork: async () => true }
  const hasty = { ...working, stuckAfterMs: 60_000 }

  it('and never for one that came before them, is waited for less, and that is told, while cases are tried', async () => {
    server = await listening((connection) => {
      connection.on('end', () => connection.end())
      connection.on('data', (data) => {
        if (String(data) !== 'hi') connection.write(data)
      })
    })
    const wires = new WirePool()
    const wait = async (what: Case, patience: Patience): Promise<string[]> =>
      eventsOf(await playOn(server!.address, what, { ...playing, patience, wires }), 'waited').map(({ why }) => why)
    let isOver = false
    const others = async (): Promise<void> => {
      while (!isOver) await wait(alone([send('you'), awaitAll]), SHORT)
    }
    const inVain = [hasty, working].map((patience) => wait(subject, { ...patience, idleMs: 150 }))
    const over = Promise.all(inVain).finally(() => {
      isOver = true
    })
    const [whys] = await Promise.all([over, others()])
    expect(whys).toEqual([['stuck'], ['deadline']])
  })

  it.each([
    ['answers in the order in which it is asked', answersInOrder],
    ['serves one client after another', servesInOrder],
  ])('and %s, is slow for each of them', async (_, serve) => {
    const patience = { ...hasty, idleMs: 50 }
    server = await listening(serve())
    const wires = new WirePool()
    const played: Awaited<ReturnType<typeof playOn>>[] = []
    const client = async (): Promise<void> => {
      for (let times = 0; times < 3; times++) {
        played.push(await playOn(server!.address, subject, { ...playing, patience, wires }))
      }
    }
    await Promise.all(Array.from({ length: 8 }, client))
    // Each waits for its seven turns longer than it takes to be called passed over.
    expect(Math.max(...played.map(({ ms }) => ms))).toBeGreaterThan(3 * patience.idleMs)
    expect(played.flatMap((each) => eventsOf(each, 'waited')).map(({ why }) => why)).not.toContain('stuck')
  })
})

/** Milliseconds that one client's turn takes. */
const TURN_MS = 30

function answersInOrder(): (connection: Socket) => void {
  let turn: Promise<unknown> = Promise.resolve()
  return (connection) => {
    connection.on('end', () => connection.end())
    connection.on('data', (data) => {
      turn = turn.then(() => after(TURN_MS)).then(() => connection.write(data))
    })
  }
}

function servesInOrder(): (connection: Socket) => void {
  let turn: Promise<unknown> = Promise.resolve()
  return (connection) => {
    turn = turn.then(() => after(TURN_MS)).then(() => toItsEnd(connection))
  }
}

function toItsEnd(connection: Socket): Promise<void> | undefined {
  if (connection.destroyed) return undefined
  connection.pipe(connection)
  return new Promise((resolve) => void connection.once('close', () => resolve()))
}
