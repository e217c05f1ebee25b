import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Address } from '../address.ts'
import { monotonic } from '../clock.ts'
import { listening } from '../testing/listening.ts'
import { isAlive, say } from '../testing/other-process.ts'
import { execTarget } from './exec-target.ts'
import { freePort } from './free-port.ts'
import { tryConnect } from './reach.ts'
import { type Target, TargetError } from './target.ts'

const program = fileURLToPath(new URL('../testing/any-server.mjs', import.meta.url))
let address: Address
let target: Target | undefined

beforeEach(async () => {
  address = { host: '127.0.0.1', port: await freePort('127.0.0.1') }
})
afterEach(() => target?.stop())

describe('a server that listens', () => {
  it('is up, is left alone while it is, and is gone after stop', async () => {
    const server = started('listens')
    await server.start()
    expect(await server.ready()).toBe('up')
    expect(await server.died()).toBeUndefined()
    expect(await say(address, 'hello')).toBe('hello')
    await server.stop()
    expect(await tryConnect(address, 1_000)).toBe('ECONNREFUSED')
  })
  it('may take its time', async () => {
    await started('listens-later', '300').start()
    expect(await say(address, 'hello')).toBe('hello')
  })
  it('may be a line for the shell', async () => {
    target = execTarget(
      'it',
      address,
      { run: `exec ${process.execPath} ${program} ${address.port} listens # it`, readyWithinMs: 5_000 },
      monotonic,
    )
    await target.start()
    expect(await say(address, 'hello')).toBe('hello')
  })
})

describe('a server that does not get ready', () => {
  it('because it exits is told with its status and what it wrote', async () => {
    const failure = started('cannot-start').start()
    await expect(failure).rejects.toThrow(TargetError)
    await expect(failure).rejects.toThrow(
      `the server exited with status 3 before it listened on 127.0.0.1:${address.port}. It wrote:\n`,
    )
    await expect(failure).rejects.toThrow('\n  reading the configuration\n  no such key: \\x1b[31mspeed')
  })
  it('in time is told so, and ended', async () => {
    const server = started('never-listens', '', 300)
    await expect(server.start()).rejects.toThrow(`the server did not listen on 127.0.0.1:${address.port} within 300 ms`)
  })
  it('because there is no such program is told so', async () => {
    target = execTarget('it', address, { run: ['/no/such/program'], readyWithinMs: 5_000 }, monotonic)
    await expect(target.start()).rejects.toThrow('could not be started: spawn /no/such/program ENOENT')
  })
  it('because something else listens there is not started at all', async () => {
    const other = await listening()
    address = other.address
    const failure = started('listens').start()
    await expect(failure).rejects.toThrow(`something listens on 127.0.0.1:${address.port} already`)
    await expect(failure).rejects.toThrow('choose another port')
    await other.close()
  })
})

describe('a server that dies', () => {
  it.each([
    ['exit', 'exited with status 7'],
    ['crash', 'was ended by signal SIGKILL'],
  ])('by %s is started again, and how it ended is told before', async (word, ending) => {
    const server = started('listens')
    await server.start()
    await say(address, word)
    expect(await server.died()).toBe(ending)
    expect(await server.ready()).toBe('restarted')
    expect(await server.died()).toBeUndefined()
    expect(await say(address, 'again')).toBe('again')
    expect(await server.ready()).toBe('up')
  })
  it('is started again once, however many ask', async () => {
    const server = started('listens')
    await server.start()
    await say(address, 'exit')
    server.forget()
    const asked = await Promise.all([server.ready(), server.ready(), server.ready()])
    expect(asked).toEqual(['restarted', 'restarted', 'restarted'])
    await shown(server, /^listening\n$/)
    expect(await server.ready()).toBe('up')
  })
  it('and cannot be started again is gone, and how its last process ended is told', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tornwire-'))
    const server = started('starts-once', join(dir, 'started'))
    await server.start()
    await say(address, 'exit')
    expect(await server.ready()).toBe('gone')
    expect(await server.died()).toBe('exited with status 4')
    expect(server.trouble?.()).toMatch(/^the server exited with status 4 before it listened on /)
    rmSync(dir, { recursive: true })
  })
})

it('a server that dies after a while is known to have died to whoever gives it that time', async () => {
  const server = started('listens', '200')
  await server.start()
  await say(address, 'exit-later')
  expect(await server.died()).toBeUndefined()
  expect(await server.died(10_000)).toBe('exited with status 7')
})

it('a server that is stuck is started again at once, where that is asked for', async () => {
  const server = started('is-stuck')
  await server.start()
  const began = monotonic()
  expect(await server.restart?.(true)).toBe('restarted')
  // It would be given two seconds to end by itself.
  expect(monotonic() - began).toBeLessThan(2_000)
  expect(await say(address, 'again')).toBe('again')
})

it('a server that resets every connection at once is alive and left alone', async () => {
  const server = started('resets')
  await server.start()
  await shown(server, 'listening\n')
  server.forget()
  for (let round = 0; round < 5; round++) {
    const ready = server.ready()
    // The probe is connecting; when we look again, it was accepted and reset.
    await new Promise((resolve) => setImmediate(resolve))
    beBusy(30)
    expect(await ready).toBe('up')
  }
  expect(server.output()).toBe('')
})

describe('a server that accepts while it dies', () => {
  it('is not up: its end was seen on a connection, and its listener is closed last', async () => {
    const server = started('listens')
    await server.start()
    for (let round = 0; round < 5; round++) {
      await say(address, 'crash')
      expect(await server.ready()).toBe('restarted')
    }
  })
})

describe('the output', () => {
  it('is kept until it is forgotten, of much only the end', async () => {
    const server = started('listens')
    await server.start()
    await shown(server, 'listening\n')
    server.forget()
    expect(server.output()).toBe('')
    await say(address, 'shout')
    await shown(server, 'the last line\n')
    expect(server.output().length).toBe(65_536)
  })
})

it('what a server started ends with it, willing or not', async () => {
  const server = started('has-a-child')
  await server.start()
  await shown(server, /child \d+\n/)
  const pid = Number(/child (\d+)/.exec(server.output())?.[1])
  expect(isAlive(pid)).toBe(true)
  await server.stop()
  await expect.poll(() => isAlive(pid), { timeout: 5_000, interval: 5 }).toBe(false)
})

function started(behaviour: string, argument = '', readyWithinMs = 5_000): Target {
  const run = [process.execPath, program, String(address.port), behaviour, argument] as const
  target = execTarget('it', address, { run: [...run], readyWithinMs }, monotonic)
  return target
}

function beBusy(ms: number): void {
  const until = monotonic() + ms
  while (monotonic() < until);
}

async function shown(server: Target, text: string | RegExp): Promise<void> {
  await expect.poll(() => server.output(), { timeout: 5_000, interval: 5 }).toMatch(text)
}
