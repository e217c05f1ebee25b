// datagrams-as-stream: what comes from a client within a moment is gathered, and answered in one datagram.

import type { CatalogueEntry, DatagramProtocolName } from '../catalogue-entry.ts'
import { createDatagramServer, type DatagramService, type Peer } from '../datagram-server.ts'
import { afterReads } from './after-reads.ts'

/** Milliseconds: long enough for the second of two datagrams that leave together, also on a busy machine. */
const GATHERS_MS = 20

export const udpMerges: CatalogueEntry<DatagramProtocolName> = {
  about: 'joins two datagrams that come together',
  protocols: ['udp-echo'],
  create: () => createDatagramServer(merging),
}

const merging: DatagramService = (answer) => {
  const gathered = new Map<string, Uint8Array[]>()
  const flush = (key: string, to: Peer): void => {
    answer(Buffer.concat(gathered.get(key) ?? []), to)
    gathered.delete(key)
  }
  return (bytes, from) => {
    const key = `${from.address} ${from.port}`
    const before = gathered.get(key)
    if (before !== undefined) return void before.push(bytes)
    gathered.set(key, [bytes])
    afterReads(GATHERS_MS, () => flush(key, from))
  }
}
