// blocked-event-loop: what is said to a long message takes long to work out, and is worked out where everybody is heard.

import { createHash } from 'node:crypto'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { frameResponder } from '../protocols/frame.ts'
import { linesResponder } from '../protocols/lines.ts'
import { type Responder, session } from '../session.ts'

export const blocksLoop: CatalogueEntry = {
  about: 'hears nobody while it works on a message of 32 KiB or more',
  protocols: ['frame', 'lines'],
  create: (protocol, options) => {
    const service = session((own) => laborious(protocol === 'lines' ? linesResponder() : frameResponder(own)))
    return createEventedServer(service, options)
  },
}

/** Bytes of an answer that is long. */
const LONG = 32_768
/** Microseconds of the processor for each of them, whatever the machine is. */
const WORK_US = 800_000

function laborious(right: Responder): Responder {
  return {
    ...right,
    heard: (bytes) => {
      const reply = right.heard(bytes)
      for (const answer of reply.answers) if (answer.length >= LONG) hashOverAndOver(answer)
      return reply
    },
  }
}

function hashOverAndOver(bytes: Uint8Array): void {
  const before = process.cpuUsage()
  for (let spent = 0; spent < WORK_US; ) {
    createHash('sha256').update(bytes).digest()
    const { user, system } = process.cpuUsage(before)
    spent = user + system
  }
}
