// truncate-before-receive: an overwritten file is emptied when the name is known, before the content has come.

import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { Scratch } from '../../codec/scratch.ts'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { FILES_TYPE, filesDir, filesService } from '../protocols/files.ts'
import type { Service } from '../transport.ts'
import { changedHandler } from './changed.ts'

export const truncatesFirst: CatalogueEntry = {
  about: 'empties a file that is to be overwritten before the new content has come',
  protocols: ['files'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service: Service = (transport, options) => {
  const handler = filesService(transport, options)
  const begun = new Scratch()
  return changedHandler(handler, {
    received: (bytes) => {
      handler.received(bytes)
      begun.append(bytes, 0, bytes.length)
      const rest = afterWholeFrames(Buffer.from(begun.take()))
      begun.append(rest, 0, rest.length)
      const name = overwrittenBy(rest)
      if (name !== undefined) empty(join(filesDir(options), name))
    },
  })
}

const OVERHEAD = 9

function afterWholeFrames(bytes: Buffer): Buffer {
  let at = 0
  while (bytes.length - at >= 4 && bytes.length - at >= OVERHEAD + bytes.readUInt32BE(at)) {
    at += OVERHEAD + bytes.readUInt32BE(at)
  }
  return bytes.subarray(at)
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
