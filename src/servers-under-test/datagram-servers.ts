import type { DatagramProtocolName, LoadEntry } from './catalogue-entry.ts'

/** The servers of datagrams, by their names in the catalogue: the right one, an odd one, and those with one planted bug each. */
export const DATAGRAM_SERVERS: Readonly<Record<string, LoadEntry<DatagramProtocolName>>> = {
  'udp-echo': async () => (await import('./udp-echo.ts')).udpEcho,
  'odd/udp-lossy': async () => (await import('./odd/udp-lossy.ts')).udpLossy,
  'broken/udp-merges': async () => (await import('./broken/udp-merges.ts')).udpMerges,
  'broken/udp-mixes': async () => (await import('./broken/udp-mixes.ts')).udpMixes,
  'broken/udp-stops-at-empty': async () => (await import('./broken/udp-stops-at-empty.ts')).udpStopsAtEmpty,
  'broken/udp-tears': async () => (await import('./broken/udp-tears.ts')).udpTears,
  'broken/udp-truncates': async () => (await import('./broken/udp-truncates.ts')).udpTruncates,
}
