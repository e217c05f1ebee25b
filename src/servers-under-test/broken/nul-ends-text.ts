// nul-truncation: text ends at its first NUL, as strings do in C.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { linesResponder } from '../protocols/lines.ts'
import { session } from '../session.ts'

export const nulEndsText: CatalogueEntry = {
  about: 'forgets what a line holds behind a NUL',
  protocols: ['lines'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session(() => {
  const right = linesResponder()
  return {
    ...right,
    heard: (bytes) => {
      const reply = right.heard(bytes)
      return { ...reply, answers: reply.answers.map(untilNul) }
    },
  }
})

function untilNul(line: Uint8Array): Uint8Array {
  const nul = line.indexOf(0)
  if (nul === -1) return line
  const ending = line.at(-2) === CR ? 2 : 1
  return Buffer.concat([line.subarray(0, nul), line.subarray(line.length - ending)])
}

const CR = 0x0d
