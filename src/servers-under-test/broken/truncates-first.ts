// truncate-before-receive: an overwritten file is emptied when the name is known, before the content has come.

import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { FILES_TYPE, filesDir, filesService } from '../protocols/files.ts'
import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { HeldBytes } from './held-bytes.ts'

export const truncatesFirst: CatalogueEntry = {
  about: 'empties a file that is to be overwritten before the new content has come',
  protocols: ['files'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service: Service = (transport, options) => {
  const handler = filesService(transport, options)
  const held = new HeldBytes()
  return changedHandler(handler, {
    received: (bytes) => {
      handler.received(bytes)
      held.add(bytes)
      dropWholeFrames(held)
      const name = overwrittenBy(held.first(LONGEST_HEAD))
      if (name !== undefined) empty(join(filesDir(options), name))
    },
  })
}

const OVERHEAD = 9
/** Length, type, how, and a name of 255 bytes behind its own length. */
const LONGEST_HEAD = 7 + 255

function dropWholeFrames(held: HeldBytes): void {
  for (;;) {
    if (held.length < 4) return
    const whole = OVERHEAD + held.first(4).readUInt32BE(0)
    if (held.length < whole) return
    held.drop(whole)
  }
}

/** The name in the beginning of a PUT that overwrites, as soon as all of it is there. */
function overwrittenBy(begun: Buffer): string | undefined {
  if (begun.length < 7 || begun[4] !== FILES_TYPE.PUT || begun[5] !== 'o'.charCodeAt(0)) return undefined
  const end = 7 + begun.readUInt8(6)
  return begun.length < end ? undefined : begun.toString('utf8', 7, end)
}

function empty(path: string): void {
  try {
    truncateSync(path)
  } catch {
    // There is none yet, or the name is none.
  }
}
