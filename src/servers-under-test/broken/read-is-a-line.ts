// read-is-a-message: what one read gives is taken for whole lines, so that a line torn in two is two lines.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { collectorResponder, collectorStore } from '../protocols/collector.ts'
import { session } from '../session.ts'

export const readIsALine: CatalogueEntry = {
  about: 'takes what one read gives for whole lines',
  protocols: ['collector'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session((options) => {
  const right = collectorResponder(options, collectorStore(options))
  return {
    ...right,
    heard: (bytes) => right.heard(bytes.at(-1) === LF ? bytes : Buffer.concat([bytes, Buffer.of(LF)])),
  }
})

const LF = 0x0a
