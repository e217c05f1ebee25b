// conn-state-leak: what a connection has taken in is forgotten when it ends well, and kept for ever when it is reset.

import type { Service } from '../transport.ts'
import { changedServer } from './changed-server.ts'
import { recorded } from './recorded.ts'

export const remembersGone = changedServer(
  'keeps for ever what a client has said that resets its connection',
  ['frame'],
  withRecords,
)

function withRecords(service: Service): Service {
  const records = new Set<readonly Uint8Array[]>()
  return recorded(service, (record) => {
    records.add(record)
    return (error) => {
      if (error === undefined) records.delete(record)
    }
  })
}
