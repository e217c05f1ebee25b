// utf8-split-of-four: half a character is kept in two bytes. Takes a character of four bytes AND a cut before its last.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { session } from '../session.ts'

export const deepFourByteChar: CatalogueEntry = {
  about: 'keeps two bytes of a torn character at the most',
  protocols: ['upper'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session(() => {
  let kept = Buffer.alloc(0)
  const answer = (bytes: Uint8Array) => ({
    answers: bytes.length === 0 ? [] : [Buffer.from(Buffer.from(bytes).toString('utf8').toUpperCase())],
  })
  return {
    heard: (bytes) => {
      const all = Buffer.concat([kept, bytes])
      const whole = all.length - unfinished(all)
      kept = all.subarray(whole).subarray(-ROOM)
      return answer(all.subarray(0, whole))
    },
    heardEnd: () => answer(kept),
    heardNothing: () => ({ answers: [] }),
  }
})

const ROOM = 2

/** How many bytes at the end begin a character that is not whole yet. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes.at(-back)!
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? back : 0
  }
  return 0
}
