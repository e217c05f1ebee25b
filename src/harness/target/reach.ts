import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Address } from '../address.ts'
import { isUdpPortBound } from '../kernel/udp-port.ts'
import { isLoopback } from './host.ts'

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

/**
 * The same over any transport. Nobody can connect to a UDP server: it is there when its port is bound, or, where that cannot
 * be seen (another machine, another system), when `seems` says so.
 */
export async function tryReach(address: Address, ms: number, seems = (): boolean => true): Promise<string | undefined> {
  if (address.transport !== 'udp') return tryConnect(address, ms)
  const isBound = isLoopback(address.host) ? isUdpPortBound(address) : undefined
  return (isBound ?? seems()) ? undefined : 'ECONNREFUSED'
}

/** Tries until the server is there or `ms` are over; between tries waits as long as the last one is old, at most 100 ms. */
export async function reach(
  address: Address,
  ms: number,
  now: () => number,
  giveUp = (): boolean => false,
  seems = (): boolean => true,
): Promise<string | undefined> {
  const until = now() + ms
  for (let wait = 2; ; wait = Math.min(100, 2 * wait)) {
    const problem = await tryReach(address, Math.max(1, until - now()), seems)
    if (problem === undefined) return undefined
    if (now() + wait > until || giveUp()) return problem
    await pause(wait)
  }
}
