// Every style against the same claims. What a style cannot do by design is shown, too: that it cannot.

import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { createServer } from './catalogue.ts'
import { ListenError } from './listen-error.ts'
import type { Address, Server } from './server.ts'
import { STYLES } from './styles.ts'
import { FRAME_CONVERSATIONS } from './testing/conversations.ts'
import { badChecksum, message, ping, readAnswers, stop } from './testing/frames.ts'
import { RawClient } from './testing/raw-client.ts'

const NAMES = Object.keys(STYLES)
/** Those whose waits have no limit. */
const WITHOUT_CLOCK = ['blocking']
const ONE_AT_A_TIME = ['blocking', 'blocking-timeout']

/** A claim that is not made is no test. */
function given(made: boolean): (title: string, run: (context: TestContext) => Promise<void>) => void {
  return made ? (title, run) => test(title, run) : () => {}
}

/** Starts a server for one test. */
function start({ onTestFinished }: TestContext, server: Server): Promise<Address> {
  onTestFinished(() => server.stop({ withinMs: 0 }))
  return server.listen(0, '127.0.0.1')
}

describe.concurrent.each(NAMES)('%s', (style) => {
  const hasClock = !WITHOUT_CLOCK.includes(style)
  const servesMany = !ONE_AT_A_TIME.includes(style)
  const servers: Server[] = []
  let [ofFrame, ofEcho]: Address[] = []
  beforeAll(async () => {
    for (const protocol of ['frame', 'echo']) servers.push(await createServer(style, protocol))
    ;[ofFrame, ofEcho] = await Promise.all(servers.map((server) => server.listen(0, '127.0.0.1')))
  })
  afterAll(() => Promise.all(servers.map((server) => server.stop({ withinMs: 0 }))))
  const talkToFrame = () => RawClient.connect(ofFrame!)
  const talkToEcho = () => RawClient.connect(ofEcho!)

  test('answers every row of the tables of the frame protocol', async () => {
    for (const { title, says, gets } of FRAME_CONVERSATIONS) {
      const client = await talkToFrame()
      expect(readAnswers(await client.send(says).end().getsEnd()), title).toEqual(gets)
      expect([title, client.ending]).toEqual([title, 'fin'])
    }
  })

  test('gives all answers, then FIN, to a client that has ended its side', async () => {
    const client = await talkToEcho()
    const bytes = Buffer.alloc(3_000_000, 'half-close ')
    expect(Buffer.compare(await client.send(bytes).end().getsEnd(), bytes)).toBe(0)
    expect(client.ending).toBe('fin')
  })

  test('lets a refused client that goes on sending read its error, then FIN, and no RST', async () => {
    const client = await talkToFrame()
    client.send(Buffer.concat([message('a'), badChecksum('b'), Buffer.alloc(2_000_000)]))
    expect(readAnswers(await client.getsEnd())).toEqual(['message "a"', 'error 1'])
    await once(client.send(Buffer.alloc(100)).end().socket, 'close')
    expect(client.ending).toBe('fin')
  })

  given(hasClock)('gives a silent client error 5 after the idle time, which bytes begin anew', async (context) => {
    const client = await RawClient.connect(await start(context, await createServer(style, 'frame', { idleMs: 500 })))
    const begunAt = performance.now()
    for (const byte of ping('x')) {
      client.send(Uint8Array.of(byte))
      await client.getsWithin(60)
    }
    expect(performance.now() - begunAt).toBeGreaterThan(500)
    expect(readAnswers(await client.getsEnd())).toEqual(['pong "x"', 'error 5'])
    client.end()
  })

  given(hasClock)('closes a refused client that never ends after a second, and not earlier', async () => {
    const client = await talkToFrame()
    await client.send(badChecksum('b')).getsEnd()
    const refusedAt = performance.now()
    // Bytes for a closed connection are answered with RST, which is how its end is seen from here.
    while (client.ending === 'fin') await client.send('x').getsWithin(20)
    expect(performance.now() - refusedAt).toBeGreaterThan(900)
    expect(performance.now() - refusedAt).toBeLessThan(10_000)
  })

  given(!hasClock)('waits for a silent client for ever, by design', async (context) => {
    const client = await RawClient.connect(await start(context, await createServer(style, 'frame', { idleMs: 50 })))
    expect([readAnswers(await client.getsWithin(500)), client.ending]).toEqual([[], 'open'])
    client.end()
    await client.getsEnd()
  })

  given(servesMany)('serves a second client beside one that is silent inside a frame', async () => {
    const [first, second] = [await talkToFrame(), await talkToFrame()]
    await first.send(message('first')).gets(14)
    first.send(message('again').subarray(0, 6))
    expect(readAnswers(await second.send(ping('second')).gets(15))).toEqual(['pong "second"'])
    await first.send(message('again').subarray(6)).gets(28)
    expect(readAnswers(first.received)).toEqual(['message "first"', 'message "again"'])
    for (const client of [first, second]) client.reset()
  })

  given(!servesMany)(
    'keeps a second client waiting until the first is gone, by design, and loses nothing',
    async (context) => {
      const address = await start(context, await createServer(style))
      const first = await RawClient.connect(address)
      await first.send(message('first')).gets(14)
      const second = await RawClient.connect(address)
      expect(readAnswers(await second.send(ping('second')).getsWithin(300))).toEqual([])
      first.reset()
      expect(readAnswers(await second.gets(15))).toEqual(['pong "second"'])
      second.reset()
    },
  )

  test('serves on after a connection that was reset while answers waited for it', async () => {
    const greedy = await talkToEcho()
    greedy.socket.pause()
    for (let piece = 0; piece < 16; piece++) greedy.send(Buffer.alloc(1_048_576))
    await greedy.getsWithin(50)
    greedy.reset()
    const next = await talkToEcho()
    expect(`${await next.send('alive').end().getsEnd()}`).toBe('alive')
  })

  test('answers what has come when it stops, and binds the same port again at once', async (context) => {
    const server = await createServer(style)
    const address = await start(context, server)
    const client = await RawClient.connect(address)
    await client.send(ping('x')).gets(10)
    client.send(message('last words'))
    const stopped = server.stop({ withinMs: 60_000 })
    await client.gets(29)
    // Who has no clock hears of the stop when its client is gone.
    if (!hasClock) client.end()
    expect(readAnswers(await client.getsEnd())).toEqual(['pong "x"', 'message "last words"'])
    expect(client.ending).toBe('fin')
    client.end()
    await stopped
    const again = await createServer(style)
    context.onTestFinished(() => again.stop())
    expect(await again.listen(address.port, address.host)).toEqual(address)
  })

  test('closes by force what has not ended in time when it stops', async () => {
    const server = await createServer(style)
    const client = await RawClient.connect(await server.listen(0, '127.0.0.1'))
    await client.send(stop()).gets(9)
    await server.stop({ withinMs: 50 })
    await client.getsEnd()
    expect(client.ending).toBe('fin')
    client.reset()
  })

  test('tells of a port that is taken by a ListenError', async (context) => {
    const { port } = await start(context, await createServer('evented'))
    await expect((await createServer(style)).listen(port, '127.0.0.1')).rejects.toThrow(ListenError)
  })
})
