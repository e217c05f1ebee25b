// delimiter-at-zero: the search for the end of a line takes position 0, where a read begins, for "not found".

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { linesResponder } from '../protocols/lines.ts'
import { session } from '../session.ts'

export const delimiterAtZero: CatalogueEntry = {
  about: 'does not see a line feed with which a read begins',
  protocols: ['lines'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session(() => {
  const right = linesResponder()
  return {
    ...right,
    heard: (bytes) => {
      const seen = bytes[0] === LF ? bytes.subarray(1) : bytes
      return seen.length === 0 ? { answers: [] } : right.heard(seen)
    },
  }
})

const LF = 0x0a
