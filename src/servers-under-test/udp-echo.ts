// RFC 862 over UDP: the data of each datagram is sent back to its sender in one of its own, also where there is none.

import type { CatalogueEntry, DatagramProtocolName } from './catalogue-entry.ts'
import { createDatagramServer } from './datagram-server.ts'

export const udpEcho: CatalogueEntry<DatagramProtocolName> = {
  about: 'one socket for all clients (node:dgram)',
  protocols: ['udp-echo'],
  create: () => createDatagramServer((answer) => answer),
}
