import type { Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Case } from './case.ts'
import { monotonic } from './clock.ts'
import { type Listening, listening } from './testing/listening.ts'
import { LONG, only, openPlaying, playOn } from './testing/playing.ts'
import { alone, awaitAll, end, pause, script, send } from './testing/steps.ts'
import { WirePool } from './wire-pool.ts'

const patient = { ...(await openPlaying()), patience: LONG }
const PROMPTLY_MS = 3_000
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => patient.barrier.close())

async function against(serve: (connection: Socket) => void): Promise<Listening['address']> {
  server = await listening(serve, 0, serve === deaf)
  return server.address
}

const echo = (connection: Socket): void => void connection.pipe(connection)
const deaf = (): void => {}

describe('an interrupt', () => {
  it.each<[string, Case, (connection: Socket) => void]>([
    ['while an answer is awaited', alone([send('a'), awaitAll]), deaf],
    ['while the end is awaited', alone([send('a'), end]), deaf],
    ['while a cut is proven', alone([send('abc')], [1]), deaf],
    ['while a pause lasts', alone([pause(60_000)]), echo],
    ['while more leaves than the kernel takes', alone([send(new Uint8Array(20_000_000))]), deaf],
    ['while others have not begun', { connections: Array(5).fill(script([send('a'), awaitAll])), turns: [] }, deaf],
  ])('%s is obeyed at once', async (_, subject, serve) => {
    const wires = new WirePool()
    const playingOn = playOn(await against(serve), subject, { ...patient, wires })
    await after(50)
    const began = monotonic()
    wires.abandonAll('interrupted')
    const { connections } = await playingOn
    expect(monotonic() - began).toBeLessThan(PROMPTLY_MS)
    expect(connections[0]).toMatchObject({ ending: 'gave-up', gaveUp: 'interrupted' })
    expect(connections.every(({ gaveUp }) => gaveUp === 'interrupted')).toBe(true)
  })
  it('also ends what is begun after it', async () => {
    const wires = new WirePool()
    wires.abandonAll('interrupted')
    const played = await playOn(await against(echo), alone([send('a'), awaitAll]), { ...patient, wires })
    expect(only(played)).toMatchObject({ ending: 'gave-up', gaveUp: 'interrupted' })
    expect(played.ms).toBeLessThan(PROMPTLY_MS)
  })
})
