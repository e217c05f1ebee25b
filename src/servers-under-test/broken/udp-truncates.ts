// small-receive-buffer: it reads into 512 bytes, and the kernel throws away what does not fit (recvfrom without MSG_TRUNC).

import type { CatalogueEntry, DatagramProtocolName } from '../catalogue-entry.ts'
import { createDatagramServer, type DatagramService } from '../datagram-server.ts'

const BUFFER = 512

export const udpTruncates: CatalogueEntry<DatagramProtocolName> = {
  about: `has room for ${BUFFER} bytes of a datagram`,
  protocols: ['udp-echo'],
  create: () => createDatagramServer(truncating),
}

const truncating: DatagramService = (answer) => (bytes, from) => answer(bytes.subarray(0, BUFFER), from)
