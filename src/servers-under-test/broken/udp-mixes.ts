// shared-peer-address: the sender of a datagram is kept in one variable for all of them, so that an answer that takes its
// time goes to whoever spoke last.

import type { CatalogueEntry, DatagramProtocolName } from '../catalogue-entry.ts'
import { createDatagramServer, type DatagramService, type Peer } from '../datagram-server.ts'
import { afterReads } from './after-reads.ts'

/** Milliseconds that an answer takes. */
const TAKES_MS = 60

export const udpMixes: CatalogueEntry<DatagramProtocolName> = {
  about: 'sends each answer to the client that spoke last',
  protocols: ['udp-echo'],
  create: () => createDatagramServer(mixing),
}

const mixing: DatagramService = (answer) => {
  let sender: Peer
  return (bytes, from) => {
    sender = from
    afterReads(TAKES_MS, () => answer(bytes, sender))
  }
}
