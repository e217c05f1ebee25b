import { createAsyncServer } from './async.ts'
import type { CatalogueEntry, ProtocolName } from './catalogue-entry.ts'
import { createEventedServer } from './evented.ts'
import { loadService } from './load-service.ts'
import type { Role } from './processes/job.ts'
import { createProcessServer } from './processes/process-server.ts'
import type { Style } from './server.ts'

const PROTOCOLS = ['frame', 'echo', 'lines', 'upper', 'collector', 'files'] as const satisfies readonly ProtocolName[]

/** The right servers: every protocol in every style. What a style cannot do by design is told in the table of expectations. */
export const STYLES = {
  evented: here(createEventedServer, 'one event loop for all connections (node:net)'),
  async: here(createAsyncServer, 'one event loop, an async function for each connection'),
  blocking: inProcesses('blocking', 'one connection at a time, by reads and writes that block'),
  'blocking-timeout': inProcesses('blocking-timeout', 'one connection at a time, each wait with a time limit'),
  threaded: inProcesses('threaded', 'a thread for each connection'),
  'thread-pool': inProcesses('thread-pool', 'a fixed number of threads, and a queue of connections'),
  prefork: inProcesses('prefork', 'several processes that accept from one listening socket, an event loop in each'),
  'prefork-threaded': inProcesses('prefork-threaded', 'several processes, a thread for each connection in each'),
} as const satisfies Readonly<Record<string, CatalogueEntry>>

function inProcesses(role: Role, about: string): CatalogueEntry {
  return { about, protocols: PROTOCOLS, create: (protocol, options) => createProcessServer(role, protocol, options) }
}

function here(style: Style, about: string): CatalogueEntry {
  return {
    about,
    protocols: PROTOCOLS,
    create: async (protocol, options) => style(await loadService(protocol), options),
  }
}
