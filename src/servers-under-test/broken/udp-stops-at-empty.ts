// empty-is-end: a read of nothing ends the loop, as it rightly would on a connection; but a datagram may be empty.

import type { CatalogueEntry, DatagramProtocolName } from '../catalogue-entry.ts'
import { createDatagramServer, type DatagramService } from '../datagram-server.ts'

export const udpStopsAtEmpty: CatalogueEntry<DatagramProtocolName> = {
  about: 'ends when an empty datagram comes',
  protocols: ['udp-echo'],
  create: () => createDatagramServer(endsAtNothing),
}

const endsAtNothing: DatagramService = (answer) => (bytes, from) => {
  // The loop is the whole program.
  if (bytes.length === 0) process.exit(0)
  else answer(bytes, from)
}
