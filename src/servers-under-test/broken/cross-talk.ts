// shared-parse-buffer: one reassembly buffer for all connections, so that the half frames of some reach the others.

import type { Decoder } from '../../codec/codec.ts'
import type { Frame } from '../../codec/frame.ts'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import type { Service, ServiceOptions } from '../transport.ts'
import { changedHandler } from './changed.ts'

export const crossTalk: CatalogueEntry = {
  about: 'keeps the half frames of all connections in one buffer',
  protocols: ['frame'],
  create: (_protocol, options) => {
    const shared = sharedDecoder(options)
    return createEventedServer(forgetting(shared), options)
  },
}

/** A connection that goes takes what it left in the buffer with it, so that each conversation begins afresh. */
function forgetting(shared: Decoder<Frame>): Service {
  return (transport, options) => {
    const handler = session(() => frameResponder(options, shared))(transport, options)
    return changedHandler(handler, {
      lost: (error) => {
        shared.end()
        handler.lost(error)
      },
    })
  }
}

/** What a stream that goes bad has left in it is gone, and so is what a connection that ends has. */
function sharedDecoder(options: ServiceOptions): Decoder<Frame> {
  let decoder = frameDecoder(options)
  return {
    push: (chunk) => {
      const items = decoder.push(chunk)
      if (items.at(-1)?.is === 'bad') decoder = frameDecoder(options)
      return items
    },
    end: () => {
      const items = decoder.end()
      decoder = frameDecoder(options)
      return items
    },
  }
}
