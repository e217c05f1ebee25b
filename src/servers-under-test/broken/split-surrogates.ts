// surrogate-split: text is worked on in pieces of 64 UTF-16 units, so that a character of two of them may be torn.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { session } from '../session.ts'

export const splitSurrogates: CatalogueEntry = {
  about: 'tears characters of two UTF-16 units',
  protocols: ['upper'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session(() => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const answer = (text: string) => ({ answers: text === '' ? [] : [Buffer.concat(pieces(text))] })
  return {
    heard: (bytes) => answer(decoder.decode(bytes, { stream: true })),
    heardEnd: () => answer(decoder.decode()),
    heardNothing: () => ({ answers: [] }),
  }
})

const PIECE = 64

function pieces(text: string): Buffer[] {
  const count = Math.ceil(text.length / PIECE)
  return Array.from({ length: count }, (_, at) => Buffer.from(text.slice(at * PIECE, (at + 1) * PIECE).toUpperCase()))
}
