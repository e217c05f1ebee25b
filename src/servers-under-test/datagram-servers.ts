import { udpMerges } from './broken/udp-merges.ts'
import { udpMixes } from './broken/udp-mixes.ts'
import { udpStopsAtEmpty } from './broken/udp-stops-at-empty.ts'
import { udpTears } from './broken/udp-tears.ts'
import { udpTruncates } from './broken/udp-truncates.ts'
import type { CatalogueEntry, DatagramProtocolName } from './catalogue-entry.ts'
import { udpLossy } from './odd/udp-lossy.ts'
import { udpEcho } from './udp-echo.ts'

/** The servers of datagrams, by their names in the catalogue: the right one, an odd one, and those with one planted bug each. */
export const DATAGRAM_SERVERS: Readonly<Record<string, CatalogueEntry<DatagramProtocolName>>> = {
  'udp-echo': udpEcho,
  'odd/udp-lossy': udpLossy,
  'broken/udp-merges': udpMerges,
  'broken/udp-mixes': udpMixes,
  'broken/udp-stops-at-empty': udpStopsAtEmpty,
  'broken/udp-tears': udpTears,
  'broken/udp-truncates': udpTruncates,
}
