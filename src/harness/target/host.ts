// Which addresses may be talked to: this machine's loopback, and what the user names on purpose.

import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import type { Address } from '../address.ts'
import { TargetNameError } from './target.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** A server as the user names it. `scheme`: what the name says of the transport, if anything. */
export interface NamedAddress {
  readonly host: string
  readonly port: number
  readonly scheme?: 'tcp' | 'udp'
}

/** `HOST:PORT`, `tcp://HOST:PORT`, `udp://HOST:PORT`, `[::1]:PORT` taken apart. `port` 0 is allowed only where `mayChoose`. */
export function parseAddress(text: string, mayChoose: boolean): NamedAddress {
  const scheme = /^(tcp|udp):\/\//.exec(text)?.[1] as NamedAddress['scheme']
  const bare = text.replace(/^(tcp|udp):\/\//, '').replace(/\/$/, '')
  const match = /^(?:\[([^\]]+)\]|([^:]+)):([^:]*)$/.exec(bare)
  if (match === null) {
    throw new TargetNameError(
      `target '${text}' is not HOST:PORT, tcp://HOST:PORT, udp://HOST:PORT, [::1]:PORT or builtin:NAME`,
    )
  }
  const port = parsePort(match[3] as string, text, mayChoose)
  return { host: (match[1] ?? match[2]) as string, port, ...(scheme === undefined ? {} : { scheme }) }
}

function parsePort(text: string, target: string, mayChoose: boolean): number {
  const port = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (port === 0 && mayChoose) return 0
  if (!(port >= 1 && port <= 65_535)) {
    const hint = port === 0 ? '; port 0, a free one, goes only with --exec' : ''
    throw new TargetNameError(`target '${target}': port '${text}' is not a number from 1 to 65535${hint}`)
  }
  return port
}

/** Asks the system for the numeric address of a name; rejects when there is none. */
export type Resolver = (name: string) => Promise<string>

/** The address to connect to. Anything but loopback is refused unless it is named in `allowed`. */
export async function resolveHost(
  host: string,
  port: number,
  allowed: readonly string[],
  resolver: Resolver = systemResolver,
): Promise<Address> {
  const isHere = /(^|\.)localhost$/i.test(host)
  // No foreign name is looked up before it is allowed: a look-up is traffic too.
  const address = isIP(host) ? host : isHere || allowed.includes(host) ? await lookUp(host, resolver) : 'elsewhere'
  if (isLoopback(address) || allowed.includes(host)) return { host: address, port }
  throw new TargetNameError(
    `${host} is not on this machine. tornwire sends hostile traffic and talks only to loopback unless you name the host: --allow-host ${host}`,
  )
}

/** Whether this is a numeric address of loopback. */
export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** IPv4 first: there most servers listen. */
const systemResolver: Resolver = async (name) => (await lookup(name, { order: 'ipv4first' })).address

async function lookUp(host: string, resolver: Resolver): Promise<string> {
  try {
    return await resolver(host)
  } catch (error) {
    throw new TargetNameError(`the host name '${host}' cannot be resolved: ${(error as Error).message}`)
  }
}
