import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { monotonic } from './clock.ts'
import { ClientSockets } from './datagram/client-sockets.ts'
import type { Protocol } from './protocol.ts'
import type { Resources } from './resources.ts'
import { playSeries } from './series.ts'
import { type Listening, listening } from './testing/listening.ts'
import { LONG, openPlaying } from './testing/playing.ts'
import { echoed } from './testing/small-protocols.ts'
import { alone, awaitAll, send } from './testing/steps.ts'
import { WirePool } from './wire-pool.ts'

const playing = await openPlaying()
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

const holding = (descriptors: number): Resources => ({ descriptors, threads: 1, processes: 1 })

/** Plays rows against an echo server, and says what it holds: the next of these each time, the last one for ever. */
async function rows(times: readonly number[], held: readonly Resources[], idleMs = LONG.idleMs) {
  let connections = 0
  server = await listening((connection) => {
    connections += 1
    connection.pipe(connection)
  })
  let asked = 0
  const resources = async (): Promise<Resources | undefined> => held[Math.min(asked++, held.length - 1)]
  const table = {
    ...playing,
    address: server.address,
    wires: new WirePool(),
    clients: new ClientSockets(),
    now: monotonic,
    resources,
  }
  const subject = alone([send('a'), awaitAll])
  const began = monotonic()
  const lasts = await playSeries(subject, times, echoed as Protocol, { ...LONG, idleMs }, table)
  return { connections, held: lasts.map((one) => one.resources?.descriptors), ms: monotonic() - began }
}

describe('a series', () => {
  it('plays each row to its end and counts after it', async () => {
    expect(await rows([2, 3], [holding(10), holding(10)])).toMatchObject({ connections: 5, held: [10, 10] })
  })

  it('gives the server time to give back what it took, and no more than it takes', async () => {
    const lagging = [10, 12, 14, 13, 12].map(holding)
    const { held, ms } = await rows([1, 1, 1], lagging)
    expect(held).toEqual([10, 12, 12])
    expect(ms).toBeLessThan(LONG.idleMs)
  })

  it('does not wait for ever', async () => {
    expect(await rows([1, 1], [10, 11].map(holding), 100)).toMatchObject({ held: [10, 11] })
  })
})
