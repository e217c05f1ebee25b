import { BROKEN } from './broken/zoo.ts'
import type { CatalogueEntry, DatagramProtocolName, LoadEntry, ProtocolName } from './catalogue-entry.ts'
import { DATAGRAM_SERVERS } from './datagram-servers.ts'
import { ODD } from './odd/menagerie.ts'
import type { Server } from './server.ts'
import { STYLES } from './styles.ts'
import type { ServiceOptions } from './transport.ts'

type AnyProtocolName = ProtocolName | DatagramProtocolName
type AnyEntry = CatalogueEntry<AnyProtocolName>

const CATALOGUE: Readonly<Record<string, AnyEntry | LoadEntry<AnyProtocolName>>> = {
  ...STYLES,
  ...ODD,
  ...BROKEN,
  ...DATAGRAM_SERVERS,
}

/**
 * The names of all servers that can be asked for. Those in `odd/` are right all the same; those in `broken/` have one
 * planted bug each.
 */
export const SERVER_NAMES: readonly string[] = Object.keys(CATALOGUE)

/** What can be said of a server before there is one; `undefined` where none is called so. */
export async function entryNamed(name: string): Promise<AnyEntry | undefined> {
  const entry = Object.hasOwn(CATALOGUE, name) ? CATALOGUE[name] : undefined
  return typeof entry === 'function' ? entry() : entry
}

/** Milliseconds of idle time where nothing else is asked for: frame-protocol.md. */
export const DEFAULT_IDLE_MS = 30_000

/**
 * A new server, not listening yet. Without a protocol it speaks the first that its entry names.
 * Throws an Error that lists what exists where the name or the protocol is unknown.
 */
export async function createServer(
  name: string,
  protocol?: string,
  options: Partial<ServiceOptions> = {},
): Promise<Server> {
  const entry = await entryNamed(name)
  if (entry === undefined) throw new Error(`no server is called "${name}"; there are: ${listOf(SERVER_NAMES)}`)
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
