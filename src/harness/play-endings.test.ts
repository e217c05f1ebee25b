import type { Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { freePort } from './target/free-port.ts'
import { type Listening, listening } from './testing/listening.ts'
import { eventsOf, only, openPlaying, playOn, SHORT } from './testing/playing.ts'
import { alone, awaitAll, end, pause, send } from './testing/steps.ts'

const playing = await openPlaying()
const hasty = { ...playing, patience: SHORT }
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

async function against(serve: (connection: Socket) => void): Promise<Listening['address']> {
  server = await listening(serve)
  return server.address
}

const echo = (connection: Socket): void => void connection.pipe(connection)

describe('the six ways in which a connection ends are told apart:', () => {
  it('fin: the server ended its side', async () => {
    const played = await playOn(await against(echo), alone([send('hi'), end]), playing)
    expect(only(played)).toMatchObject({ ending: 'fin', ended: true, sent: 2 })
    expect(Buffer.from(only(played).received).toString()).toBe('hi')
    expect(eventsOf(played, 'got-fin')).toHaveLength(1)
  })
  it('reset: the server aborted', async () => {
    const address = await against((connection) => connection.on('data', () => connection.resetAndDestroy()))
    const played = await playOn(address, alone([send('hi'), awaitAll]), playing)
    expect(only(played)).toMatchObject({ ending: 'reset', sent: 2 })
    expect(eventsOf(played, 'got-rst')).toHaveLength(1)
  })
  it('refused: nobody listens', async () => {
    const address = { host: '127.0.0.1', port: await freePort('127.0.0.1') }
    const played = await playOn(address, alone([send('hi'), awaitAll]), playing)
    expect(only(played)).toMatchObject({ ending: 'refused' })
    expect(eventsOf(played, 'refused')).toMatchObject([{ code: 'ECONNREFUSED' }])
    expect(eventsOf(played, 'waited').filter(({ why }) => why === 'deadline')).toEqual([])
  })
  it('timeout: our deadline passed while we waited', async () => {
    const address = await against((connection) => connection.resume())
    const played = await playOn(address, alone([send('hi'), awaitAll]), hasty)
    expect(only(played)).toMatchObject({ ending: 'timeout', sent: 2 })
    expect(eventsOf(played, 'waited')).toMatchObject([{ for: 'answers', why: 'deadline' }])
    expect(played.ms).toBeGreaterThanOrEqual(SHORT.idleMs)
  })
  it('timeout: no FIN came after ours', async () => {
    const address = await against((connection) => connection.resume())
    const played = await playOn(address, alone([end]), hasty)
    expect(only(played)).toMatchObject({ ending: 'timeout', ended: true })
    expect(eventsOf(played, 'waited')).toMatchObject([{ for: 'the end', why: 'deadline' }])
  })
  it('open: it stood when we had done everything', async () => {
    const played = await playOn(await against(echo), alone([send('hi'), awaitAll]), playing)
    expect(only(played)).toMatchObject({ ending: 'open', sent: 2 })
    expect(eventsOf(played, 'closed')).toHaveLength(1)
  })
  it('gave-up: the server sends for ever', async () => {
    const chunk = Buffer.alloc(65_536)
    const address = await against((connection) => {
      const pour = (): void => {
        while (connection.writable && connection.write(chunk));
      }
      connection.on('drain', pour)
      pour()
    })
    const played = await playOn(address, alone([send('hi'), awaitAll, end]), playing)
    expect(only(played)).toMatchObject({
      ending: 'gave-up',
      gaveUp: expect.stringMatching(/^the server sent more than \d+ bytes$/),
    })
    expect(only(played).received.length).toBeLessThan(5 * 1024 * 1024)
  })
})

describe('what a server does in the middle', () => {
  it.skipIf(!playing.hasPendingReset)(
    'half an answer and RST: what came before it may be there, nothing else',
    async () => {
      const address = await against((connection) =>
        connection.on('data', (data) => connection.write(data.subarray(0, 3), () => connection.resetAndDestroy())),
      )
      const played = await playOn(address, alone([send('abcdef'), awaitAll]), playing)
      const { ending, received } = only(played)
      expect(ending).toBe('reset')
      expect('abc').toContain(Buffer.from(received).toString())
    },
  )
  it('close at once: told as the server did it, without waiting for answers', async () => {
    const address = await against((connection) => connection.destroy())
    const played = await playOn(address, alone([send('hi'), awaitAll]), playing)
    expect(['fin', 'reset']).toContain(only(played).ending)
    expect(eventsOf(played, 'waited').filter(({ why }) => why === 'deadline')).toEqual([])
  })
  it('an answer in two parts: both are awaited', async () => {
    const address = await against((connection) =>
      connection.on('data', (data) => {
        connection.write(data.subarray(0, 1))
        setTimeout(() => connection.write(data.subarray(1)), 20)
      }),
    )
    const { ending, received } = only(await playOn(address, alone([send('hi'), awaitAll]), playing))
    expect([ending, Buffer.from(received).toString()]).toEqual(['open', 'hi'])
  })
  it('a large answer and FIN, while another connection moves: it is all there', async () => {
    const large = Buffer.alloc(3 * 1024 * 1024, 'xyz')
    const address = await against((connection) => {
      connection.on('data', (data) => (data.toString() === 'much' ? connection.end(large) : connection.end(data)))
      connection.resume()
    })
    const [one, other] = [alone([send('much'), end]), alone([pause(60), send('b'), end])].flatMap(
      (each) => each.connections,
    )
    const { connections } = await playOn(address, { connections: [one!, other!], turns: [0, 1, 1] }, playing)
    expect(connections.map(({ ending }) => ending)).toEqual(['fin', 'fin'])
    expect(Buffer.compare(connections[0]!.received, large)).toBe(0)
  })
})
