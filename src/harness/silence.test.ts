import type { Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Protocol } from './protocol.ts'
import type { Silence } from './silence.ts'
import { type Listening, listening } from './testing/listening.ts'
import { eventsOf, LONG, only, openPlaying, playOn } from './testing/playing.ts'
import { unknown } from './testing/small-protocols.ts'
import { alone, awaitAll, end, send } from './testing/steps.ts'

const playing = await openPlaying()
let server: Listening

afterEach(() => server.close())
afterAll(() => playing.barrier.close())

/** Milliseconds that a server of these tests takes, by a timer: it sleeps meanwhile. */
const LATE_MS = 60

/** Plays a message, an await and the end, without a model, against a server that seems to be quiet at every look. */
async function played(serve: (connection: Socket) => void, silence: Silence, idleMs = LONG.idleMs) {
  server = await listening(serve)
  const patience = { ...LONG, idleMs, quiet: async () => true, silence }
  return playOn(server.address, alone([send('hi'), awaitAll, end]), {
    ...playing,
    protocol: unknown as Protocol,
    patience,
  })
}

describe('without a model, a server that seems to be quiet', () => {
  it('is heard although it answers late, and ends late', async () => {
    const seen = await played(
      (connection) => {
        connection.on('data', (data) => setTimeout(() => connection.write(data), LATE_MS))
        connection.on('end', () => setTimeout(() => connection.end(), LATE_MS))
      },
      { unheardMs: 5_000, heardMs: 10 },
    )
    expect(only(seen)).toMatchObject({ received: { length: 2 }, ending: 'fin' })
    expect(eventsOf(seen, 'waited')).toMatchObject([{ for: 'quiet', why: 'quiet' }])
    expect(seen.ms).toBeLessThan(5_000)
  })

  it('is heard to the last part of its answer', async () => {
    const seen = await played(
      (connection) => {
        connection.on('end', () => connection.end())
        connection.once('data', () => {
          let left = 5
          const parts = setInterval(() => {
            connection.write('part')
            if (--left === 0) clearInterval(parts)
          }, LATE_MS)
        })
      },
      { unheardMs: 5_000, heardMs: 500 },
    )
    expect(only(seen).received).toHaveLength(5 * 'part'.length)
  })

  it('is not waited for any longer when nothing has come for so long', async () => {
    const seen = await played((connection) => connection.resume().on('end', () => connection.end()), {
      unheardMs: 100,
      heardMs: LONG.idleMs,
    })
    expect(only(seen)).toMatchObject({ received: { length: 0 }, ending: 'fin' })
    const [waited] = eventsOf(seen, 'waited')
    expect(waited).toMatchObject({ for: 'quiet', why: 'quiet' })
    expect(waited?.ms).toBeGreaterThanOrEqual(99)
    expect(waited?.ms).toBeLessThan(LONG.idleMs)
  })

  it('is not listened to for ever where it talks all the time', async () => {
    const seen = await played(
      (connection) => {
        const talk = setInterval(() => connection.write('.'), 5)
        connection.on('close', () => clearInterval(talk))
        connection.resume().on('end', () => {
          clearInterval(talk)
          connection.end()
        })
      },
      { unheardMs: 100, heardMs: 100 },
      100,
    )
    expect(only(seen).ending).toBe('fin')
    expect(eventsOf(seen, 'waited')[0]?.ms).toBeGreaterThanOrEqual(100)
  })
})
