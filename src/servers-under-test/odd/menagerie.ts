import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { loadService } from '../load-service.ts'
import { ODD_SERVICES } from './odd-services.ts'

/** Servers that are right and unlike any other, by their names in the catalogue: no claim may fail on them. */
export const ODD: Readonly<Record<string, CatalogueEntry>> = {
  'odd/slow': odd('takes 50 ms for every answer', ODD_SERVICES.slow),
  'odd/coalesced': odd('sends all that is due within 20 ms together', ODD_SERVICES.coalesced),
  'odd/byte-by-byte': odd('sends its answers one byte at a time', ODD_SERVICES['byte-by-byte']),
  'odd/small-pieces': odd('sends its answers in pieces of 1,000 bytes', ODD_SERVICES['small-pieces']),
  'odd/rst-at-the-end': odd('resets a connection that both sides have ended', ODD_SERVICES['rst-at-the-end']),
  'odd/short-idle': odd('closes connections that are silent for 200 ms', (service) => service, 200),
  'odd/polling': odd('looks for what has come every 10 ms', ODD_SERVICES.polling),
  'odd/forgets-late': odd('keeps what a client has said for a second after it is gone', ODD_SERVICES['forgets-late']),
  'odd/last-said': odd('keeps what the last 32 connections have said', ODD_SERVICES['last-said']),
}

function odd(about: string, change: (typeof ODD_SERVICES)['slow'], idleMs?: number): CatalogueEntry {
  return {
    about: `right, but ${about}`,
    protocols: ['frame', 'echo', 'lines', 'upper'],
    create: async (protocol, options) =>
      createEventedServer(change(await loadService(protocol)), idleMs === undefined ? options : { ...options, idleMs }),
  }
}
