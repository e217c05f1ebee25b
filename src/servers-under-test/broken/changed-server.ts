import type { CatalogueEntry, ProtocolName } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { SERVICES } from '../services.ts'
import type { Service } from '../transport.ts'

/** An evented server that is right in everything but what `change` makes of its service. Called once for each server. */
export function changedServer(
  about: string,
  protocols: readonly [ProtocolName, ...ProtocolName[]],
  change: (right: Service) => Service,
): CatalogueEntry {
  return {
    about,
    protocols,
    create: (protocol, options) => createEventedServer(change(SERVICES[protocol]), options),
  }
}
