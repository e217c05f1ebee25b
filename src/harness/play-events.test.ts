import type { Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { freePort } from './target/free-port.ts'
import { type Listening, listening } from './testing/listening.ts'
import { eventsOf, LONG, only, openPlaying, playOn } from './testing/playing.ts'
import { alone, awaitAll, end, pause, reset, send } from './testing/steps.ts'

const playing = await openPlaying()
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

async function against(serve: (connection: Socket) => void): Promise<Listening['address']> {
  server = await listening(serve)
  return server.address
}

const echo = (connection: Socket): void => void connection.pipe(connection)

describe('the events of a play', () => {
  it.each([
    ['a send', alone([send('hi'), awaitAll]), ['connected', 'sent', 'received', 'closed']],
    ['two sends', alone([send('a'), pause(1), send('b'), awaitAll]), ['connected', 'sent']],
    ['a FIN', alone([end]), ['connected', 'sent-fin', 'got-fin', 'closed']],
    ['an RST', alone([reset]), ['connected', 'sent-rst']],
  ])('begin with the connection, also where %s was there before it', async (_, subject, order) => {
    const { events } = await playOn(await against(echo), subject, playing)
    const seen = events.filter(({ did }) => did !== 'paused').map(({ did }) => did)
    expect(seen.slice(0, order.length)).toEqual(order)
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => a - b))
  })
  it.each([
    ['a send', alone([send('hi'), awaitAll])],
    ['a send and a FIN', alone([send('hi'), end])],
    ['a torn send', alone([send('hi')], [1])],
    ['an RST', alone([send('hi'), reset])],
    ['a FIN', alone([end])],
  ])('hold nothing that was sent where the connection never stood: %s', async (_, subject) => {
    const played = await playOn({ host: '127.0.0.1', port: await freePort('127.0.0.1') }, subject, playing)
    expect(only(played)).toMatchObject({ ending: 'refused', sent: 0, ended: false })
    expect(played.events.filter(({ did }) => did.startsWith('sent'))).toEqual([])
  })
})

describe('a pause', () => {
  const patient = { ...playing, patience: LONG }
  it('is not prolonged by what comes meanwhile', async () => {
    const address = await against((connection) => {
      const chatter = setInterval(() => connection.write('x'), 10)
      connection.on('close', () => clearInterval(chatter))
    })
    const played = await playOn(address, alone([send('a'), pause(150), send('b')]), patient)
    const [first, second] = eventsOf(played, 'sent')
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(149)
    expect(second!.at - first!.at).toBeLessThan(1_000)
  })
  it('is not cut short by the FIN of the server, after which a client may still send', async () => {
    const address = await against((connection) => connection.end())
    const played = await playOn(address, alone([send('a'), pause(150), send('b')]), patient)
    const [first, second] = eventsOf(played, 'sent')
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(149)
  })
  it('is over when nothing can be sent any more, and tells how long it was', async () => {
    const address = await against((connection) => setTimeout(() => connection.resetAndDestroy(), 20))
    const played = await playOn(address, alone([send('a'), pause(60_000), send('b')]), patient)
    const [{ ms } = { ms: 0 }] = eventsOf(played, 'paused')
    expect(ms).toBeLessThan(10_000)
  })
})
