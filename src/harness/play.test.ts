import type { Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type Listening, listening } from './testing/listening.ts'
import { eventsOf, LONG, only, openPlaying, playOn, SHORT } from './testing/playing.ts'
import { unknown } from './testing/small-protocols.ts'
import { alone, awaitAll, end, pause, reset, script, send } from './testing/steps.ts'

const playing = await openPlaying()
const hasty = { ...playing, patience: SHORT }
const patient = { ...playing, patience: LONG }
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

async function against(serve: (connection: Socket) => void): Promise<Listening['address']> {
  server = await listening(serve, 0, serve === deaf)
  return server.address
}

const echo = (connection: Socket): void => void connection.pipe(connection)
const deaf = (): void => {}
describe('a server that never reads', () => {
  it('leaves cuts unproven at the deadline, which is waited for once', async () => {
    const played = await playOn(await against(deaf), alone([send('abcdef')], [1, 2, 3, 4]), hasty)
    expect(only(played).cuts).toEqual({ requested: 4, proven: 0 })
    expect(eventsOf(played, 'cut').map(({ proof }) => proof)).toEqual(Array(4).fill('unproven'))
    expect(played.ms).toBeGreaterThanOrEqual(SHORT.drainMs)
    expect(played.ms).toBeLessThan(4 * SHORT.drainMs)
  })
  it('does not hang us with more than the kernel takes', async () => {
    const played = await playOn(await against(deaf), alone([send(new Uint8Array(20_000_000)), awaitAll, end]), hasty)
    expect(only(played)).toMatchObject({ ending: 'timeout', received: { length: 0 } })
  })
  it.skipIf(!playing.hasPendingReset)('is reset all the same, with what it has not read', async () => {
    const descriptors: number[] = []
    server = await listening(
      (connection) => descriptors.push((connection as unknown as { _handle: { fd: number } })._handle.fd),
      0,
      true,
    )
    const played = await playOn(server.address, alone([send('abc'), pause(10), reset]), playing)
    expect(eventsOf(played, 'sent-rst')).toHaveLength(1)
    await expect.poll(() => descriptors.length).toBe(1)
    expect(descriptors.map((descriptor) => playing.hasPendingReset?.(descriptor))).toEqual([true])
  })
})

describe('cuts', () => {
  it('arrive as so many reads, each proven', async () => {
    const reads: string[] = []
    const address = await against((connection) => connection.on('data', (data) => reads.push(String(data))))
    const played = await playOn(address, alone([send('abc'), send('def')], [1, 2, 4]), playing)
    expect(only(played).cuts).toEqual({ requested: 3, proven: playing.barrier.kind === 'gap' ? 0 : 3 })
    await expect.poll(() => reads).toEqual(['a', 'b', 'cd', 'ef'])
  })
  it('that could not be made any more are counted as asked for', async () => {
    const address = await against((connection) => connection.on('data', () => connection.resetAndDestroy()))
    const played = await playOn(address, alone([send('abcdef')], [1, 2, 3]), playing)
    expect(only(played).cuts.requested).toBe(3)
    expect(only(played).cuts.proven).toBeLessThanOrEqual(1)
  })
})

describe('several connections', () => {
  it('move in the order of the turns, and the server sees that order', async () => {
    const order: string[] = []
    const address = await against((connection) => connection.on('data', (data) => order.push(String(data))))
    const [a, b, c] = [
      script([send('a1a2a3')], [2, 4]),
      script([send('b1'), pause(1), send('b2')]),
      script([send('c1')]),
    ]
    const played = await playOn(address, { connections: [a, b, c], turns: [1, 0, 2, 0, 1, 1, 0] }, patient)
    await expect.poll(() => order).toEqual(['b1', 'a1', 'c1', 'a2', 'b2', 'a3'])
    expect(played.connections.map(({ ending }) => ending)).toEqual(['open', 'open', 'open'])
  })
  it('have each an account of their own', async () => {
    const address = await against((connection) =>
      connection.on('data', (data) => (String(data) === 'die' ? connection.resetAndDestroy() : connection.end(data))),
    )
    const connections = [script([send('die'), awaitAll]), script([send('live'), end]), script([reset])]
    const played = await playOn(address, { connections, turns: [] }, playing)
    expect(played.connections.map(({ ending }) => ending)).toEqual(['reset', 'fin', 'open'])
    expect(played.connections.map(({ received }) => Buffer.from(received).toString())).toEqual(['', 'live', ''])
  })
})

describe('waits', () => {
  it('for a pause last as long as it says', async () => {
    const played = await playOn(
      await against(echo),
      alone([send('a'), awaitAll, pause(80), send('b'), awaitAll]),
      patient,
    )
    const [first, second] = eventsOf(played, 'sent')
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(79)
    expect(eventsOf(played, 'paused')).toMatchObject([{ ms: 80 }])
  })
  it('without a model are over when the server has been silent for a while', async () => {
    const protocol = unknown as never
    const played = await playOn(await against(echo), alone([send('abc'), awaitAll]), { ...hasty, protocol })
    expect([only(played).ending, Buffer.from(only(played).received).toString()]).toEqual(['open', 'abc'])
    expect(eventsOf(played, 'waited')).toMatchObject([{ for: 'quiet', why: 'deadline' }])
  })
  it('go on while the server makes progress, byte by byte, beyond the deadline', async () => {
    const address = await against(async (connection) => {
      for (const byte of '12345') {
        await after(300)
        connection.write(byte)
      }
    })
    const played = await playOn(address, alone([send('abcde'), awaitAll]), {
      ...playing,
      patience: { idleMs: 1_000, drainMs: 1_000 },
    })
    expect(only(played).received).toHaveLength(5)
    expect(played.ms).toBeGreaterThan(1_000)
  })
})
