import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Address } from '../address.ts'

/**
 * Whether somebody accepts connections: `undefined` where that is so, else the error code (`ETIMEDOUT` after `ms`). Who
 * is reset was accepted before. But a server that dies resets, too, whom it has not accepted yet: that one refuses next.
 */
export async function tryConnect(address: Address, ms: number): Promise<string | undefined> {
  const problem = await connectOnce(address, ms)
  if (problem !== 'ECONNRESET') return problem
  const next = await connectOnce(address, ms)
  return next === 'ECONNRESET' ? undefined : next
}

function connectOnce({ host, port }: Address, ms: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true })
    const done = (code: string | undefined): void => {
      socket.destroy()
      resolve(code)
    }
    socket.setTimeout(ms, () => done('ETIMEDOUT'))
    socket.on('connect', () => done(undefined))
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
  })
}

/** Tries until a connection can be made or `ms` are over; between tries waits as long as the last one is old, at most 100 ms. */
export async function reach(
  address: Address,
  ms: number,
  now: () => number,
  giveUp = (): boolean => false,
): Promise<string | undefined> {
  const until = now() + ms
  for (let wait = 2; ; wait = Math.min(100, 2 * wait)) {
    const problem = await tryConnect(address, Math.max(1, until - now()))
    if (problem === undefined) return undefined
    if (now() + wait > until || giveUp()) return problem
    await pause(wait)
  }
}
