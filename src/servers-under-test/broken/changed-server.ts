import type { CatalogueEntry, ProtocolName } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { loadService } from '../load-service.ts'
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
    create: async (protocol, options) => createEventedServer(change(await loadService(protocol)), options),
  }
}
