import type { Address } from '../address.ts'
import { reach } from './reach.ts'
import { type Target, TargetError } from './target.ts'

/** How long a server that somebody else runs may take to come back before we call it gone. */
const COMES_BACK_MS = 1_500

/** A server that somebody else has started, as process `pid` where it cannot be found by its address. */
export function addressTarget(name: string, address: Address, now: () => number, pid?: number): Target {
  const look = (): Promise<string | undefined> => reach(address, COMES_BACK_MS, now)
  return {
    name,
    address,
    ...(pid === undefined ? {} : { pid }),
    start: async () => {
      const problem = await look()
      if (problem !== undefined) throw new TargetError(whyUnreachable(address, problem))
    },
    ready: async () => ((await look()) === undefined ? 'up' : 'gone'),
    died: async () => undefined,
    output: () => '',
    forget: () => {},
    stop: async () => {},
  }
}

function whyUnreachable({ host, port, transport }: Address, problem: string): string {
  const at = `${host}:${port}`
  if (problem === 'ECONNREFUSED') {
    const how = transport === 'udp' ? 'no socket is bound to that UDP port' : 'connection refused'
    return `nothing listens on ${at} (${how}). Start the server first, or let tornwire start it: --exec 'CMD {port}'`
  }
  return `cannot connect to ${at}: ${problem}. Check the address, and that the server accepts connections`
}
