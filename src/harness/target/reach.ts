import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Address } from '../address.ts'

/** Whether a connection can be made: `undefined` where it can, else the error code (`ETIMEDOUT` after `ms`). */
export function tryConnect({ host, port }: Address, ms: number): Promise<string | undefined> {
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
