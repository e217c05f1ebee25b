// error-desync: the connection is kept open after a wrong checksum, and what follows is answered as if nothing had been.

import { FRAME_OVERHEAD } from '../../codec/frame.ts'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import { frameBytes } from './frame-bytes.ts'
import { HeldBytes } from './held-bytes.ts'

export const errorGoesOn: CatalogueEntry = {
  about: 'goes on after a wrong checksum',
  protocols: ['frame'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session((options) => {
  const right = frameResponder(options)
  const held = new HeldBytes()
  let decoder = frameDecoder(options)
  return {
    ...right,
    heard: (bytes) => {
      const answers: Uint8Array[] = []
      held.add(bytes)
      for (let unread = bytes; ; unread = held.first(held.length)) {
        const items = decoder.push(unread)
        const reply = frameResponder(options, { push: () => items, end: () => [] }).heard(unread)
        answers.push(...reply.answers)
        held.drop(frameBytes(items))
        const last = items.at(-1)
        if (last?.is !== 'bad' || last.kind !== 'checksum') return { ...reply, answers }
        held.drop(held.first(4).readUInt32BE(0) + FRAME_OVERHEAD)
        decoder = frameDecoder(options)
      }
    },
    heardEnd: () => frameResponder(options, decoder).heardEnd(),
  }
})
