import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'

/** The same service, of which each connection has a record of what it has been told. `begun` says what to do when it is lost. */
export function recorded(service: Service, begun: (record: readonly Uint8Array[]) => (error?: Error) => void): Service {
  return (transport, options) => {
    const handler = service(transport, options)
    const record: Uint8Array[] = []
    const over = begun(record)
    return changedHandler(handler, {
      received: (bytes) => {
        record.push(bytes)
        handler.received(bytes)
      },
      lost: (error) => {
        over(error)
        handler.lost(error)
      },
    })
  }
}
