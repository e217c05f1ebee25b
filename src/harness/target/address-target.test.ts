import { describe, expect, it } from 'vitest'
import { monotonic } from '../clock.ts'
import { datagramServer } from '../testing/datagram-server.ts'
import { listening } from '../testing/listening.ts'
import { addressTarget } from './address-target.ts'
import { freePort } from './free-port.ts'
import { reach } from './reach.ts'
import { TargetError } from './target.ts'

describe('a server that somebody else runs', () => {
  it('is up where it accepts connections, and is not ours to watch or stop', async () => {
    const { address, server, close } = await listening()
    const target = addressTarget('it', address, monotonic)
    await target.start()
    expect(await target.ready()).toBe('up')
    await target.stop()
    expect(server.listening).toBe(true)
    expect([await target.died(), target.output()]).toEqual([undefined, ''])
    await close()
  })
  it('is waited for while it comes back', async () => {
    const port = await freePort('127.0.0.1')
    const target = addressTarget('it', { host: '127.0.0.1', port }, monotonic)
    const ready = target.ready()
    const { close } = await listening(() => {}, port)
    expect(await ready).toBe('up')
    await close()
  })
  it('that is not there is told by address, reason and what to do', async () => {
    const port = await freePort('127.0.0.1')
    const target = addressTarget('it', { host: '127.0.0.1', port }, hasty())
    await expect(target.start()).rejects.toThrow(TargetError)
    await expect(target.start()).rejects.toThrow(`nothing listens on 127.0.0.1:${port} (connection refused)`)
    await expect(target.start()).rejects.toThrow("--exec 'CMD {port}'")
    expect(await target.ready()).toBe('gone')
  })
})

describe('a server of datagrams', () => {
  it('is up where its port is bound', async () => {
    const { address, close } = await datagramServer(() => {})
    const target = addressTarget('it', address, hasty())
    await target.start()
    expect(await target.ready()).toBe('up')
    await close()
    expect(await target.ready()).toBe('gone')
    await expect(target.start()).rejects.toThrow(`nothing listens on 127.0.0.1:${address.port} (no socket is bound to`)
  })
  it('on another machine is taken to be there, since nobody can see', async () => {
    const target = addressTarget('it', { host: '192.0.2.1', port: 7, transport: 'udp' }, hasty())
    expect(await target.ready()).toBe('up')
  })
})

describe('reaching', () => {
  it('goes on until its time is over, no longer', async () => {
    const port = await freePort('127.0.0.1')
    const began = monotonic()
    expect(await reach({ host: '127.0.0.1', port }, 150, monotonic)).toBe('ECONNREFUSED')
    expect(monotonic() - began).toBeLessThan(3_000)
  })
  it('stops when it is told that nothing will come', async () => {
    const port = await freePort('127.0.0.1')
    expect(await reach({ host: '127.0.0.1', port }, 60_000, monotonic, () => true)).toBe('ECONNREFUSED')
  })
})

/** A clock on which each look takes 400 ms. */
function hasty(): () => number {
  let now = 0
  return () => {
    now += 400
    return now
  }
}
