import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createEventedServer } from './evented.ts'
import { SERVICES } from './services.ts'
import { HIGH_WATER } from './session.ts'
import { ChildServer } from './testing/child-server.ts'
import { RawClient } from './testing/raw-client.ts'
import { turns } from './testing/until.ts'
import type { Service, Transport } from './transport.ts'

describe('a client that sends 64 MiB of echo and does not read', () => {
  const pieces = Array.from({ length: 64 }, (_, index) => Buffer.alloc(1_048_576, `${index} `))

  test('has few answers held for it, and gets every byte when it reads', async () => {
    let mostHeld = 0
    let paused: () => void = () => {}
    const whenPaused = new Promise<void>((resolve) => {
      paused = resolve
    })
    const spied = watching(SERVICES.echo, (transport, didPause) => {
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

  test('does not make the process grow, nor keep others from being served', async () => {
    const child = ChildServer.serve('evented', { protocol: 'echo' })
    const address = await child.address()
    const before = child.residentBytes()
    const client = await RawClient.connect(address)
    client.socket.pause()
    for (const piece of pieces) client.send(piece)
    const witness = await RawClient.connect(address)
    for (let round = 1; round <= 50; round++) await witness.send('alive').gets(5 * round)
    expect(client.socket.writableLength).toBeGreaterThan(20 * 1_048_576)
    expect(child.residentBytes() - before).toBeLessThan(32 * 1_048_576)
    client.reset()
    witness.end()
    expect(await child.stop()).toBe(0)
  })
})

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
