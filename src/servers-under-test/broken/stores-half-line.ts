// flush-on-close: the line that a client has begun when it is cut off is stored as it stands.

import { Scratch } from '../../codec/scratch.ts'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { collectorService, collectorStore } from '../protocols/collector.ts'
import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'

export const storesHalfLine: CatalogueEntry = {
  about: 'stores the half line of a client that is cut off',
  protocols: ['collector'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service: Service = (transport, options) => {
  const handler = collectorService(transport, options)
  const begun = new Scratch()
  const flush = (): void => {
    if (begun.length > 0) collectorStore(options).append(Buffer.concat([begun.take(), LF]))
  }
  return changedHandler(handler, {
    received: (bytes) => {
      const newline = bytes.lastIndexOf(0x0a)
      if (newline >= 0) begun.clear()
      begun.append(bytes, newline + 1, bytes.length)
      handler.received(bytes)
    },
    receivedEnd: () => {
      flush()
      handler.receivedEnd()
    },
    lost: (error) => {
      flush()
      handler.lost(error)
    },
  })
}

const LF = Buffer.from('\n')
