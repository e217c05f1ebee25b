import type { Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type Listening, listening } from './testing/listening.ts'
import { openPlaying, playOn } from './testing/playing.ts'
import { alone, end, pause, reset, send } from './testing/steps.ts'

const playing = await openPlaying()
let server: Listening | undefined

afterEach(() => server?.close())
afterAll(() => playing.barrier.close())

async function against(serve: (connection: Socket) => void): Promise<Listening['address']> {
  server = await listening(serve)
  return server.address
}

describe('what we do is what the server sees:', () => {
  interface Seen {
    bytes: number
    events: string[]
  }
  const watching = async (): Promise<{ address: Listening['address']; seen: Promise<Seen> }> => {
    let resolve = (_: Seen): void => {}
    const seen = new Promise<Seen>((given) => {
      resolve = given
    })
    const address = await against((connection) => {
      const sight: Seen = { bytes: 0, events: [] }
      connection.on('data', (data) => {
        sight.bytes += data.length
      })
      connection.on('end', () => {
        sight.events.push('fin')
        connection.end()
      })
      connection.on('error', (error: NodeJS.ErrnoException) => sight.events.push(String(error.code)))
      connection.on('close', () => resolve(sight))
    })
    return { address, seen }
  }

  it.each([
    ['data and a half-close', alone([send('abc'), end]), { bytes: 3, events: ['fin'] }],
    ['a half-close alone', alone([end]), { bytes: 0, events: ['fin'] }],
    ['a connect and a close', alone([]), { bytes: 0, events: ['fin'] }],
    ['data and a close, without waiting for anything', alone([send('abc')]), { bytes: 3, events: ['fin'] }],
    ['much data and a close', alone([send(new Uint8Array(8_000_000))]), { bytes: 8_000_000, events: ['fin'] }],
    ['RST straight after the connect', alone([reset]), { bytes: 0, events: ['ECONNRESET'] }],
    ['RST after the server has read', alone([send('abc'), reset], [3]), { bytes: 3, events: ['ECONNRESET'] }],
    ['a half-close and RST', alone([send('abc'), end, pause(20), reset], [3]), { bytes: 3, events: ['fin'] }],
  ] as const)('%s', async (_, subject, expected) => {
    const { address, seen } = await watching()
    await playOn(address, subject, { ...playing, patience: { idleMs: 2_000, drainMs: 2_000 } })
    expect(await seen).toEqual(expected)
  })
})
