// fixed-buffer-truncation: a read is copied into a buffer of 4,096 bytes, and what does not fit is forgotten.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { SERVICES } from '../services.ts'
import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'

export const fixedBuffer: CatalogueEntry = {
  about: 'forgets what a read brings beyond 4,096 bytes',
  protocols: ['echo'],
  create: (protocol, options) => createEventedServer(truncating(SERVICES[protocol]), options),
}

function truncating(service: Service): Service {
  return (transport, options) => {
    const handler = service(transport, options)
    return changedHandler(handler, { received: (bytes) => handler.received(bytes.subarray(0, ROOM)) })
  }
}

const ROOM = 4096
