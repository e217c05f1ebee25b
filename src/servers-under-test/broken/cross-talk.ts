// shared-parse-buffer: one reassembly buffer for all connections, so that the half frames of some reach the others.

import type { Decoder } from '../../codec/codec.ts'
import type { Frame } from '../../codec/frame.ts'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import type { Service, ServiceOptions } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { frameBytes } from './frame-bytes.ts'

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

function sharedDecoder(options: ServiceOptions): Decoder<Frame> {
  let rest = Buffer.alloc(0)
  return {
    push: (chunk) => {
      const bytes = Buffer.concat([rest, chunk])
      const items = frameDecoder(options).push(bytes)
      rest = items.at(-1)?.is === 'bad' ? Buffer.alloc(0) : bytes.subarray(frameBytes(items))
      return items
    },
    end: () => {
      const decoder = frameDecoder(options)
      decoder.push(rest)
      rest = Buffer.alloc(0)
      return decoder.end()
    },
  }
}
