// ack-before-store: lines are acknowledged when they are read and stored when the conversation ends; RST ends it without.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { collectorResponder, collectorStore } from '../protocols/collector.ts'
import { type Reply, session } from '../session.ts'

export const ackBeforeStore: CatalogueEntry = {
  about: 'acknowledges lines before it stores them, and forgets them when the client resets',
  protocols: ['collector'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session((options) => {
  const store = collectorStore(options)
  let held: Uint8Array[] = []
  const hold = (lines: Uint8Array): undefined => {
    held.push(lines)
  }
  const flush = (): void => {
    store.append(Buffer.concat(held))
    held = []
  }
  const right = collectorResponder(options, { append: hold })
  const reply = (made: Reply, ends: boolean): Reply => {
    if (ends) flush()
    return made
  }
  return {
    heard: (bytes) => {
      const made = right.heard(bytes)
      return reply(made, made.lingerMs !== undefined)
    },
    heardEnd: () => reply(right.heardEnd(), true),
    heardNothing: () => reply(right.heardNothing(), true),
  }
})
