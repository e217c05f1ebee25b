// error-desync: the connection is kept open after a wrong checksum, and what follows is answered as if nothing had been.

import { FRAME_OVERHEAD } from '../../codec/frame.ts'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import { frameBytes } from './frame-bytes.ts'

export const errorGoesOn: CatalogueEntry = {
  about: 'goes on after a wrong checksum',
  protocols: ['frame'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session((options) => {
  const right = frameResponder(options)
  let rest = Buffer.alloc(0)
  return {
    ...right,
    heard: (bytes) => {
      const answers: Uint8Array[] = []
      rest = Buffer.concat([rest, bytes])
      for (;;) {
        const items = frameDecoder(options).push(rest)
        const reply = frameResponder(options, { push: () => items, end: () => [] }).heard(rest)
        answers.push(...reply.answers)
        rest = rest.subarray(frameBytes(items))
        const last = items.at(-1)
        if (last?.is !== 'bad' || last.kind !== 'checksum') return { ...reply, answers }
        rest = rest.subarray(rest.readUInt32BE(0) + FRAME_OVERHEAD)
      }
    },
    heardEnd: () => {
      const decoder = frameDecoder(options)
      decoder.push(rest)
      return frameResponder(options, decoder).heardEnd()
    },
  }
})
