// delimiter-split: a CR that ends a read ends the line, too; the LF of the next read then ends one more, an empty one.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { linesResponder } from '../protocols/lines.ts'
import { session } from '../session.ts'

export const crlfSplit: CatalogueEntry = {
  about: 'makes two lines of one whose CRLF is torn',
  protocols: ['lines'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session(() => {
  const right = linesResponder()
  return { ...right, heard: (bytes) => right.heard(bytes.at(-1) === CR ? Buffer.concat([bytes, LF]) : bytes) }
})

const CR = 0x0d
const LF = Buffer.from('\n')
