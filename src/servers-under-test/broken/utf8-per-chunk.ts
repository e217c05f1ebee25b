// utf8-split: every read is decoded by itself, so that a character torn by a read becomes replacement characters.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { session } from '../session.ts'

export const utf8PerChunk: CatalogueEntry = {
  about: 'decodes the UTF-8 of each read by itself',
  protocols: ['upper'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session(() => ({
  heard: (bytes) => ({ answers: [Buffer.from(Buffer.from(bytes).toString('utf8').toUpperCase())] }),
  heardEnd: () => ({ answers: [] }),
  heardNothing: () => ({ answers: [] }),
}))
