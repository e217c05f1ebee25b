import { createHash } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createEventedServer } from './evented.ts'
import { echoService } from './protocols/echo.ts'
import { HIGH_WATER } from './session.ts'
import { STYLES } from './styles.ts'
import { ChildServer } from './testing/child-server.ts'
import { residentBytes } from './testing/process-tree.ts'
import { RawClient } from './testing/raw-client.ts'
import { turns, until } from './testing/until.ts'
import type { Service, Transport } from './transport.ts'

/** MiB: several times what a process takes for itself. */
const MUCH = 256

describe('a client that sends much of echo and does not read', () => {
  const pieces = Array.from({ length: 64 }, (_, index) => Buffer.alloc(1_048_576, `${index} `))

  test('has few answers held for it, and gets every byte when it reads', async () => {
    let mostHeld = 0
    let paused: () => void = () => {}
    const whenPaused = new Promise<void>((resolve) => {
      paused = resolve
    })
    const spied = watching(echoService, (transport, didPause) => {
      mostHeld = Math.max(mostHeld, transport.buffered)
      if (didPause) paused()
    })
    const server = createEventedServer(spied, { idleMs: 30_000 })
    const client = await RawClient.connect(await server.listen(0, '127.0.0.1'))
    client.socket.pause()
    for (const piece of pieces) client.send(piece)
    client.end()
    await whenPaused
    await turns(100)
    expect(mostHeld).toBeGreaterThan(HIGH_WATER)
    expect(mostHeld).toBeLessThanOrEqual(HIGH_WATER + 65_536)
    client.socket.resume()
    expect(digest([await client.getsEnd()])).toBe(digest(pieces))
    await server.stop()
  })

  test.each(Object.keys(STYLES))('does not make the processes of %s grow', async (style) => {
    const child = ChildServer.built(style, 'echo')
    onTestFinished(() => void child.stop('SIGKILL'))
    const address = await child.address()
    const pid = child.process.pid!
    const warm = await RawClient.connect(address)
    await warm.send('warm').end().getsEnd()
    const before = residentBytes(pid)
    const client = await RawClient.connect(address)
    client.socket.pause()
    const [piece] = pieces
    for (let mebibyte = 0; mebibyte < MUCH; mebibyte++) client.send(piece!)
    await comesToRest(() => client.socket.writableLength)
    expect(client.socket.writableLength).toBeGreaterThan(0.8 * MUCH * 1_048_576)
    // Another thread may have started meanwhile, and a heap grows to what suits it: that takes tens of MiB, whatever is sent.
    expect(residentBytes(pid) - before).toBeLessThan(0.4 * MUCH * 1_048_576)
    client.reset()
    const next = await RawClient.connect(address)
    expect(`${await next.send('alive').end().getsEnd()}`).toBe('alive')
    expect(await child.stop()).toBe(0)
  })

  test('does not keep others from being served by one event loop', async () => {
    const child = ChildServer.serve('evented', { protocol: 'echo' })
    const address = await child.address()
    const client = await RawClient.connect(address)
    client.socket.pause()
    for (const piece of pieces) client.send(piece)
    const witness = await RawClient.connect(address)
    for (let round = 1; round <= 50; round++) await witness.send('alive').gets(5 * round)
    client.reset()
    witness.end()
    expect(await child.stop()).toBe(0)
  })
})

/** Waits until a figure has been the same for a fifth of a second. */
async function comesToRest(figure: () => number): Promise<void> {
  let [last, since] = [figure(), performance.now()]
  await until(() => {
    const now = figure()
    if (now !== last) [last, since] = [now, performance.now()]
    return performance.now() - since > 200
  }, 'nothing moves any more')
}

/** The same service; `saw` is called after every write and every pause. */
function watching(service: Service, saw: (transport: Transport, didPause: boolean) => void): Service {
  return (transport, options) => {
    const { write, pauseReading } = transport
    transport.write = (bytes) => {
      write.call(transport, bytes)
      saw(transport, false)
    }
    transport.pauseReading = () => {
      pauseReading.call(transport)
      saw(transport, true)
    }
    return service(transport, options)
  }
}

function digest(pieces: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}
