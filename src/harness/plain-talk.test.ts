import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { monotonic } from './clock.ts'
import { type Acquaintance, acquaint } from './plain-talk.ts'
import type { Property } from './property.ts'
import type { Protocol } from './protocol.ts'
import { onStage } from './stage.ts'
import { passiveTarget } from './testing/hunting.ts'
import { echoed, unknown } from './testing/small-protocols.ts'
import { alone, awaitAll, send } from './testing/steps.ts'

const sanity: Property = {
  id: 'test/plain',
  claim: 'It talks.',
  source: 'this test',
  cases: () => fc.constant(alone([send('a'), awaitAll, send('b'), awaitAll])),
  check: () => ({ is: 'pass' }),
}

/** Meets a server in a process of its own, which does this with each `socket`, and tells how many milliseconds that took. */
async function met(serve: string, protocol: Protocol): Promise<Acquaintance & { readonly ms: number }> {
  const child = spawn(process.execPath, ['-e', source(serve)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [port] = await once(child.stdout, 'data')
  const target = passiveTarget({ host: '127.0.0.1', port: Number(port) }, () => true)
  const { signal: interrupted } = new AbortController()
  const began = monotonic()
  const told = await onStage(target, interrupted, (table) => acquaint({ target, protocol, sanity, interrupted }, table))
  return { ...told, ms: monotonic() - began }
}

function source(serve: string): string {
  return `require('net').createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {}).on('end', () => socket.end())
    ${serve}
  }).listen(0, '127.0.0.1', function () { process.stdout.write(String(this.address().port)) })`
}

const LATE_MS = 60
const LATE = `socket.on('data', (data) => setTimeout(() => socket.write(data), ${LATE_MS}))`
const AT_ONCE = "socket.on('data', (data) => socket.write(data))"

describe('a first conversation without a model', () => {
  it('hears how late a server answers that sleeps until then', async () => {
    const { patience, servesTwo } = await met(LATE, unknown as Protocol)
    // A timer may go off a little early.
    expect(patience.full.idleMs).toBeGreaterThanOrEqual(20 * (LATE_MS - 2))
    expect(patience.trying.silence?.unheardMs).toBeGreaterThanOrEqual(4 * (LATE_MS - 2))
    expect(servesTwo).toBe(true)
  })
  it('does not take long with a server that never answers', async () => {
    const { patience, servesTwo, ms } = await met('socket.resume()', unknown as Protocol)
    expect(patience.full.idleMs).toBe(1_000)
    expect(servesTwo).toBe(true)
    expect(ms).toBeLessThan(10_000)
  })
})

it('with a model, no silence is waited for', async () => {
  const { patience } = await met(AT_ONCE, echoed as Protocol)
  expect([patience.trying.silence, patience.shrinking.silence]).toEqual([undefined, undefined])
})
