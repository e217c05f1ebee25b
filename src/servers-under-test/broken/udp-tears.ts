// datagram-split: an answer that is larger than what Ethernet carries in one packet leaves in two datagrams, as if somebody
// put them together again.

import type { CatalogueEntry, DatagramProtocolName } from '../catalogue-entry.ts'
import { createDatagramServer, type DatagramService } from '../datagram-server.ts'

/** 1,500 bytes of an Ethernet packet without the headers of IPv4 and UDP. */
const FITS = 1_472

export const udpTears: CatalogueEntry<DatagramProtocolName> = {
  about: `answers a datagram of more than ${FITS} bytes in two`,
  protocols: ['udp-echo'],
  create: () => createDatagramServer(tearing),
}

const tearing: DatagramService = (answer) => (bytes, from) => {
  answer(bytes.subarray(0, FITS), from)
  if (bytes.length > FITS) answer(bytes.subarray(FITS), from)
}
