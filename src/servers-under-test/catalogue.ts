import { BROKEN } from './broken/zoo.ts'
import type { CatalogueEntry, DatagramProtocolName, ProtocolName } from './catalogue-entry.ts'
import { DATAGRAM_SERVERS } from './datagram-servers.ts'
import { ODD } from './odd/menagerie.ts'
import type { Server } from './server.ts'
import { STYLES } from './styles.ts'
import type { ServiceOptions } from './transport.ts'

/**
 * Every server that can be asked for, by name. Those in `odd/` are right all the same; those in `broken/`
 * have one planted bug each.
 */
export const CATALOGUE: Readonly<Record<string, CatalogueEntry<AnyProtocolName>>> = {
  ...STYLES,
  ...ODD,
  ...BROKEN,
  ...DATAGRAM_SERVERS,
}

type AnyProtocolName = ProtocolName | DatagramProtocolName

/** Milliseconds of idle time where nothing else is asked for: frame-protocol.md. */
export const DEFAULT_IDLE_MS = 30_000

/**
 * A new server, not listening yet. Without a protocol it speaks the first that its entry names.
 * Throws an Error that lists what exists where the name or the protocol is unknown.
 */
export function createServer(name: string, protocol?: string, options: Partial<ServiceOptions> = {}): Server {
  const entry = Object.hasOwn(CATALOGUE, name) ? CATALOGUE[name] : undefined
  if (entry === undefined)
    throw new Error(`no server is called "${name}"; there are: ${listOf(Object.keys(CATALOGUE))}`)
  return entry.create(protocolOf(name, entry, protocol), { idleMs: DEFAULT_IDLE_MS, ...options })
}

function protocolOf<P extends string>(
  name: string,
  { protocols }: CatalogueEntry<P>,
  wanted: string = protocols[0],
): P {
  const spoken = protocols.find((protocol) => protocol === wanted)
  if (spoken !== undefined) return spoken
  throw new Error(`the server "${name}" does not speak "${wanted}"; it speaks: ${listOf(protocols)}`)
}

function listOf(names: readonly string[]): string {
  return names.join(', ')
}
