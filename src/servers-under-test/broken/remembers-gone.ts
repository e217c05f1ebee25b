// conn-state-leak: what a connection has taken in is forgotten when it ends well, and kept for ever when it is reset.

import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const remembersGone = changedServer(
  'keeps what a client has said, for one that resets its connection for ever',
  ['frame'],
  withRecords,
)

function withRecords(service: Service): Service {
  const records = new Set<Uint8Array[]>()
  return (transport, options) => {
    const handler = service(transport, options)
    const record: Uint8Array[] = []
    records.add(record)
    return changedHandler(handler, {
      received: (bytes) => {
        record.push(bytes)
        handler.received(bytes)
      },
      lost: (error) => {
        if (error === undefined) records.delete(record)
        handler.lost(error)
      },
    })
  }
}
