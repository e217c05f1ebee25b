// path-traversal: a name may begin with `../`, which leads out of the directory.

import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { directoryStore } from '../protocols/file-store.ts'
import { filesDir, filesResponder, isName } from '../protocols/files.ts'
import { frameDecoder } from '../protocols/frame.ts'
import { session } from '../session.ts'

export const followsDotDot: CatalogueEntry = {
  about: 'lets a name that begins with ../ lead out of the directory',
  protocols: ['files'],
  create: (_protocol, options) => createEventedServer(service, options),
}

const service = session((options) =>
  filesResponder(options, directoryStore(filesDir(options)), frameDecoder(options), (name) => isName(behindDots(name))),
)

function behindDots(name: Uint8Array): Uint8Array {
  const dots = Buffer.from('../')
  return dots.equals(name.subarray(0, dots.length)) ? name.subarray(dots.length) : name
}
