// delimiter-split-after-growth: a CR that ends a read is lost where the buffer has to grow for what follows. Takes a line
// of 128 bytes or more AND CRLF AND a cut between them.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { linesResponder } from '../protocols/lines.ts'
import { session } from '../session.ts'

export const deepLongLineCrlf: CatalogueEntry = {
  about: 'loses the CR of a torn CRLF behind a long line',
  protocols: ['lines'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session(() => {
  const right = linesResponder()
  let held = 0
  let pending = false
  return {
    ...right,
    heard: (bytes) => {
      const isLost = pending && bytes[0] === LF
      const whole = pending && !isLost ? Buffer.concat([CR, bytes]) : bytes
      held = whole.includes(LF) ? whole.length - 1 - whole.lastIndexOf(LF) : held + whole.length
      pending = whole.at(-1) === CR[0] && held > BUFFER - 2
      const seen = pending ? whole.subarray(0, -1) : whole
      return seen.length === 0 ? { answers: [] } : right.heard(seen)
    },
  }
})

const BUFFER = 128
const CR = Buffer.from('\r')
const LF = 0x0a
