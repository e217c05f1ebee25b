import type { Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { monotonic } from './clock.ts'
import { ClientSockets } from './datagram/client-sockets.ts'
import type { Patience } from './patience.ts'
import type { Protocol } from './protocol.ts'
import { servesTwo } from './serves-two.ts'
import { echoing } from './testing/hunting.ts'
import { type Listening, listening } from './testing/listening.ts'
import { openPlaying, SHORT } from './testing/playing.ts'
import { echoed, unknown } from './testing/small-protocols.ts'
import { alone, awaitAll, send } from './testing/steps.ts'
import { WirePool } from './wire-pool.ts'

const playing = await openPlaying()
let server: Listening

afterEach(() => server.close())
afterAll(() => playing.barrier.close())

const plain = alone([send('a'), awaitAll, send('b'), awaitAll])

async function served(serve: (connection: Socket) => void, protocol: Protocol, patience: Patience): Promise<boolean> {
  server = await listening(serve)
  const [wires, clients] = [new WirePool(), new ClientSockets()]
  const table = { ...playing, address: server.address, wires, clients, now: monotonic }
  return servesTwo(plain, protocol, patience, table)
}

/** Echoes one client at a time, and does this with another one that comes meanwhile. */
function roomForOne(turnAway: (connection: Socket) => void): (connection: Socket) => void {
  let open = 0
  return (connection) => {
    open += 1
    connection.on('close', () => {
      open -= 1
    })
    if (open > 1) turnAway(connection)
    else echoing()(connection)
  }
}

/** The first of its connections is treated otherwise than all others. */
function atFirst(first: (connection: Socket) => void, then: (connection: Socket) => void) {
  let connections = 0
  return (connection: Socket): void => (++connections === 1 ? first : then)(connection)
}

/** Nobody tells what is due: a server is heard as long as it says something. */
const LISTENING: Patience = { ...SHORT, quiet: async () => true, silence: { unheardMs: 250, heardMs: 10 } }

const protocols = [
  ['with a model', echoed as Protocol, SHORT],
  ['without a model', unknown as Protocol, LISTENING],
] as const

describe.each(protocols)('%s, a second client', (_, protocol, patience) => {
  it('is served by a server that answers both', async () => {
    expect(await served(echoing(), protocol, patience)).toBe(true)
  })
  it('is served by a server that ends each connection after an answer', async () => {
    const once = (connection: Socket): void => void connection.once('data', (data) => connection.end(data))
    expect(await served(once, protocol, patience)).toBe(true)
  })
  it.each<[string, (connection: Socket) => void]>([
    ['reset', (connection) => connection.resetAndDestroy()],
    ['sent away', (connection) => connection.resume().end()],
    ['not answered', (connection) => connection.resume()],
  ])('is not served where it is %s', async (__, turnAway) => {
    expect(await served(roomForOne(turnAway), protocol, patience)).toBe(false)
  })
  it('is not served where it is refused', async () => {
    const onlyOne = (connection: Socket): void => {
      server.server.close()
      echoing()(connection)
    }
    expect(await served(onlyOne, protocol, patience)).toBe(false)
  })
  it('is none where the first one was turned away', async () => {
    const serve = atFirst((connection) => connection.resetAndDestroy(), echoing())
    expect(await served(serve, protocol, patience)).toBe(false)
  })
})

it('without a model, a second client is not served where it is sent away with a word', async () => {
  const serve = roomForOne((connection) => connection.resume().end('busy'))
  expect(await served(serve, unknown as Protocol, LISTENING)).toBe(false)
})

it('without a model, a server that never answers anybody may serve two', async () => {
  expect(await served((connection) => connection.resume(), unknown as Protocol, LISTENING)).toBe(true)
})
