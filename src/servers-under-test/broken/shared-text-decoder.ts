// shared-text-decoder: one decoder of UTF-8 for all connections, so that half a character of one is finished by another.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { type Responder, session } from '../session.ts'
import { changedHandler } from './changed.ts'

export const sharedTextDecoder: CatalogueEntry = {
  about: 'has one text decoder for all connections',
  protocols: ['upper'],
  create: (_protocol, options) => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    const service = session(() => sharing(decoder))
    // A connection that goes takes along what it left, so that each conversation begins afresh.
    return createEventedServer((transport, given) => {
      const handler = service(transport, given)
      return changedHandler(handler, {
        lost: (error) => {
          decoder.decode()
          handler.lost(error)
        },
      })
    }, options)
  },
}

function sharing(decoder: { decode: (bytes?: Uint8Array, options?: { stream: boolean }) => string }): Responder {
  const answer = (text: string) => ({ answers: text === '' ? [] : [Buffer.from(text.toUpperCase())] })
  return {
    heard: (bytes) => answer(decoder.decode(bytes, { stream: true })),
    heardEnd: () => answer(decoder.decode()),
    heardNothing: () => ({ answers: [] }),
  }
}
