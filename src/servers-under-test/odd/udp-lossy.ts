import type { CatalogueEntry, DatagramProtocolName } from '../catalogue-entry.ts'
import { createDatagramServer, type DatagramService, type Peer } from '../datagram-server.ts'

/** Milliseconds that a datagram waits for one that overtakes it. */
const WAITS_MS = 5

export const udpLossy: CatalogueEntry<DatagramProtocolName> = {
  about: 'right, but drops every third datagram, and lets others overtake each other',
  protocols: ['udp-echo'],
  create: () => createDatagramServer(lossy),
}

/** What RFC 768 allows: "delivery and duplicate protection are not guaranteed". */
const lossy: DatagramService = (answer) => {
  let count = 0
  let held: { readonly bytes: Uint8Array; readonly to: Peer } | undefined
  const release = (): void => {
    if (held !== undefined) answer(held.bytes, held.to)
    held = undefined
  }
  return (bytes, from) => {
    count += 1
    if (count % 3 === 0) return
    if (held === undefined) {
      held = { bytes, to: from }
      setTimeout(release, WAITS_MS)
      return
    }
    answer(bytes, from)
    release()
  }
}
