import type { Socket } from 'node:net'
import { afterAll, afterEach, expect, it } from 'vitest'
import { openNarrowWindow } from './narrow-window.ts'
import { echoing } from './testing/hunting.ts'
import { type Listening, listening } from './testing/listening.ts'
import { eventsOf, LONG, only, openPlaying, playOn } from './testing/playing.ts'
import { alone, awaitAll, end, pause, readOn, script, send, stopReading } from './testing/steps.ts'
import { WirePool } from './wire-pool.ts'

const playing = { ...(await openPlaying()), window: await openNarrowWindow() }
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

async function against(serve: (connection: Socket) => void): Promise<Listening['address']> {
  server = await listening(serve)
  return server.address
}

const abc = Uint8Array.from(Buffer.from('abc'))

/** Bytes: more than any kernel holds. */
const MUCH = 8_000_000
const numbered = Uint8Array.from({ length: MUCH }, (_, at) => (at * 2_654_435_761) >>> 24)

/** Sends everything back, and reads no further while the client does not take it. */
const patient = (connection: Socket): void => {
  connection.on('data', (data) => {
    if (!connection.write(data)) connection.pause()
  })
  connection.on('drain', () => connection.resume())
  connection.on('end', () => connection.end())
}

it('who stops reading gets nothing until it reads on, and then every byte in order', async () => {
  const address = await against(patient)
  const transcript = await playOn(address, alone([stopReading, send(numbered), pause(20), readOn, awaitAll]), playing)
  const [stopped, on] = [eventsOf(transcript, 'stopped-reading')[0]!, eventsOf(transcript, 'read-on')[0]!]
  const meanwhile = eventsOf(transcript, 'received').filter(({ at }) => at > stopped.at && at < on.at)
  expect(meanwhile).toEqual([])
  expect(only(transcript)).toMatchObject({ sent: MUCH, ending: 'open' })
  expect(Buffer.compare(only(transcript).received, numbered)).toBe(0)
})

it('an await reads on, and so does reading to the end', async () => {
  const address = await against(patient)
  const awaiting = await playOn(address, alone([stopReading, send('abc'), awaitAll]), playing)
  expect(only(awaiting)).toMatchObject({ received: abc, ending: 'open' })
  const ending = await playOn(address, alone([stopReading, send('abc'), pause(5), end]), playing)
  expect(only(ending)).toMatchObject({ received: abc, ending: 'fin' })
})

it('who never reads is not waited for: neither its writes nor its end cost a deadline', async () => {
  const address = await against(patient)
  const { connections, ms } = await playOn(address, alone([stopReading, send(numbered)]), {
    ...playing,
    patience: LONG,
  })
  expect(connections[0]).toMatchObject({ ending: 'open', received: new Uint8Array(0) })
  expect(ms).toBeLessThan(0.5 * LONG.idleMs)
})

it('a wire that did not read is not used again', async () => {
  const address = await against(patient)
  const wires = new WirePool()
  await playOn(address, alone([stopReading, send(numbered)]), { ...playing, wires })
  const next = await playOn(address, alone([send('abc'), awaitAll]), { ...playing, wires })
  expect(only(next).received).toEqual(abc)
})

it.runIf(playing.barrier.kind === 'sock_diag')(
  'what piled up is told: of a narrow window, a kernel holds less than two MiB, and the server reads no further',
  async () => {
    const address = await against(patient)
    const [piled] = eventsOf(await playOn(address, alone([stopReading, send(numbered), awaitAll]), playing), 'piled-up')
    expect(piled!.written).toBeGreaterThan(10_000)
    expect(piled!.written).toBeLessThan(2 * 1_048_576)
    expect(piled!.read).toBeLessThan(piled!.written + 1_000_000)
  },
)

it.runIf(playing.barrier.kind === 'sock_diag')(
  'of a server that reads on and on, all is told, and its memory',
  async () => {
    const address = await against(echoing())
    const subject = alone([stopReading, send(numbered), awaitAll])
    const growth = [0, 2000]
    const transcript = await playOn(address, subject, { ...playing, memoryGrowth: () => growth.shift()! })
    expect(eventsOf(transcript, 'piled-up')[0]).toMatchObject({ read: MUCH, grown: 2000 })
  },
)

it('others are served meanwhile', async () => {
  const address = await against(patient)
  const subject = {
    connections: [script([stopReading, send(numbered), awaitAll]), script([send('abc'), awaitAll])],
    turns: [0, 0, 1, 1, 1],
  }
  const transcript = await playOn(address, subject, playing)
  const [on, answered] = [
    eventsOf(transcript, 'read-on')[0]!,
    eventsOf(transcript, 'received').find(({ on }) => on === 1)!,
  ]
  expect(answered.at).toBeLessThan(on.at)
  expect(transcript.connections.map(({ received }) => received.length)).toEqual([MUCH, 3])
})
