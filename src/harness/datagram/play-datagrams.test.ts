import { afterEach, describe, expect, it } from 'vitest'
import type { Case, Step } from '../case.ts'
import { monotonic } from '../clock.ts'
import type { Table } from '../play.ts'
import { type DatagramServer, datagramServer, type OnDatagram } from '../testing/datagram-server.ts'
import type { Transcript } from '../transcript.ts'
import { WirePool } from '../wire-pool.ts'
import { ClientSockets } from './client-sockets.ts'
import { exchangedBy } from './exchanged.ts'
import { NO_BARRIER } from './no-barrier.ts'
import { planDatagrams } from './plan-datagrams.ts'
import { playDatagrams } from './play-datagrams.ts'

/** For what comes, also on a busy machine: lost after two seconds. */
const FAIR = { idleMs: 20_000, drainMs: 20_000 }
/** For what does not come: lost after 50 ms, given up after a second. */
const SHORT = { idleMs: 500, drainMs: 500 }

let server: DatagramServer | undefined
let clients = new ClientSockets()

afterEach(async () => {
  await server?.close()
  clients.closeAll()
  server = undefined
  clients = new ClientSockets()
})

describe('a conversation of datagrams', () => {
  it('is told datagram by datagram, empty ones too', async () => {
    const seen = await play([[send('ab'), send(''), send('c'), await_]], echo)
    expect(texts(seen, 0, 'abc')).toEqual({ sent: ['ab', '', 'c'], received: ['ab', '', 'c'] })
    expect(seen.connections[0]).toMatchObject({ ending: 'open', sent: 3, ended: false })
    expect(seen.events.map(({ did }) => did).filter((did) => did === 'waited')).toEqual([])
  })
  it('of the largest datagrams never has more in flight than the kernel keeps', async () => {
    const large = Buffer.alloc(65_507, 'x')
    const seen = await play([[...Array<Step>(12).fill({ do: 'datagram', bytes: large }), await_]], echo)
    expect(exchangedBy(seen, 0, Buffer.alloc(12 * large.length, 'x')).received).toHaveLength(12)
  })
  it('gives each client a port of its own, and what comes for it', async () => {
    const seen = await play(
      [
        [send('a'), await_],
        [send('b'), await_],
      ],
      echo,
    )
    expect([texts(seen, 0, 'a').received, texts(seen, 1, 'b').received]).toEqual([['a'], ['b']])
    const ports = seen.events.flatMap((event) => (event.did === 'connected' ? [event.port] : []))
    expect(new Set(ports).size).toBe(2)
  })
  it('in which one is lost goes on, and ends no worse', async () => {
    const seen = await play([[send('a'), await_, send('b'), await_]], dropping(['a']), SHORT)
    expect(texts(seen, 0, 'ab')).toEqual({ sent: ['a', 'b'], received: ['b'] })
    expect(seen.connections[0]?.ending).toBe('open')
    expect(seen.events).toContainEqual(expect.objectContaining({ did: 'waited', for: 'answers', why: 'lost' }))
  })
  it('shows a datagram too many, which nobody waits for', async () => {
    const twice: OnDatagram = (bytes, _, answer) => {
      answer(bytes)
      answer(bytes)
    }
    const seen = await play([[send('a'), await_]], twice)
    expect(texts(seen, 0, 'a').received).toEqual(['a', 'a'])
  })
})

describe('whoever insists', () => {
  it('sends again until it is answered, and no longer', async () => {
    let count = 0
    const seen = await play([[insist('a', 5)]], (bytes, _, answer) => void (++count === 3 && answer(bytes)), SHORT)
    expect(texts(seen, 0, 'a')).toEqual({ sent: ['a', 'a', 'a'], received: ['a'] })
    expect(seen.connections[0]?.ending).toBe('open')
  })
  it('gives up when all its tries are over, and that is a deadline', async () => {
    const seen = await play([[insist('a', 3)]], () => {}, SHORT)
    expect(texts(seen, 0, 'a').sent).toEqual(['a', 'a', 'a'])
    expect(seen.connections[0]?.ending).toBe('timeout')
    expect(seen.events).toContainEqual(expect.objectContaining({ did: 'waited', why: 'deadline' }))
  })
  it('is told at once that nobody has the port', async () => {
    const { address, close } = await datagramServer(echo)
    await close()
    const seen = await playDatagrams(planDatagrams(caseOf([[insist('a', 3)]])), FAIR, table(address))
    expect(seen.connections[0]?.ending).toBe('refused')
    expect(seen.events).toContainEqual(expect.objectContaining({ did: 'refused', code: 'ECONNREFUSED' }))
  })
})

it('an interrupt ends every wait, and whatever is played afterwards', async () => {
  const playing = play([[insist('a', 3)], [insist('b', 3)]], () => clients.abandonAll('interrupted'), FAIR)
  expect((await playing).connections.map(({ gaveUp }) => gaveUp)).toEqual(['interrupted', 'interrupted'])
})

it('an answer that comes late is given to no other client', async () => {
  const held: (() => void)[] = []
  const late: OnDatagram = (bytes, _, answer) => {
    if (`${bytes}` === 'hold') held.push(() => answer(bytes))
    else answer(bytes)
  }
  const first = await play([[send('hold'), await_]], late, SHORT)
  expect(texts(first, 0, 'hold').received).toEqual([])
  for (const release of held) release()
  const again = playDatagrams(planDatagrams(caseOf([[insist('x', 3)]])), FAIR, table(server!.address))
  expect(texts(await again, 0, 'x').received).toEqual(['x'])
  expect(first.connections[0]?.received).toHaveLength(0)
})

const echo: OnDatagram = (bytes, _, answer) => answer(bytes)
const dropping =
  (dropped: readonly string[]): OnDatagram =>
  (bytes, _, answer) =>
    void (dropped.includes(`${bytes}`) || answer(bytes))

const await_: Step = { do: 'await' }
const send = (text: string): Step => ({ do: 'datagram', bytes: Buffer.from(text) })
const insist = (text: string, times: number): Step => ({ do: 'insist', bytes: Buffer.from(text), times })

async function play(
  scripts: readonly (readonly Step[])[],
  onDatagram: OnDatagram,
  patience = FAIR,
): Promise<Transcript> {
  server = await datagramServer(onDatagram)
  return playDatagrams(planDatagrams(caseOf(scripts)), patience, table(server.address))
}

function caseOf(scripts: readonly (readonly Step[])[]): Case {
  return { connections: scripts.map((steps) => ({ steps, cuts: [] })), turns: [] }
}

function table(address: Table['address']): Table {
  return { address, wires: new WirePool(), clients, barrier: NO_BARRIER, cork: undefined, now: monotonic }
}

function texts(transcript: Transcript, on: number, said: string): { sent: string[]; received: string[] } {
  const { sent, received } = exchangedBy(transcript, on, Buffer.from(said))
  return { sent: sent.map(asText), received: received.map(asText) }
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}
