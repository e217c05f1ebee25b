// fd-reuse-stale-event: answers that take 2 ms are kept by the number of their connection, and when it is lost meanwhile, the
// next connection with the same number gets them.

import type { Transport } from '../transport.ts'
import { changedHandler, changedTransport } from './changed.ts'
import { changedServer } from './changed-server.ts'

export const staleDescriptor = changedServer(
  'gives the answers of a lost client to the next one',
  ['frame'],
  (right) => {
    const table: { owner: Transport | undefined; pending: Uint8Array[] }[] = []
    return (transport, options) => {
      const entry = table.find(({ owner }) => owner === undefined) ?? { owner: undefined, pending: [] }
      if (!table.includes(entry)) table.push(entry)
      entry.owner = transport
      const give = (): void => {
        for (const bytes of entry.pending) entry.owner?.write(bytes)
        if (entry.owner !== undefined) entry.pending = []
      }
      const slow = changedTransport(transport, {
        write: (bytes) => {
          entry.pending.push(bytes)
          transport.after(WORK_MS, give)
        },
        end: () => {
          give()
          transport.end()
        },
      })
      const handler = right(slow, options)
      give()
      return changedHandler(handler, {
        lost: (error) => {
          entry.owner = undefined
          handler.lost(error)
        },
      })
    }
  },
)

const WORK_MS = 2
