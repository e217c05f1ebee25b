// split-fixed-header: a read that ends inside the length field is not resumed; its bytes are forgotten.

import type { Decoder } from '../../codec/codec.ts'
import type { Frame } from '../../codec/frame.ts'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { directoryStore } from '../protocols/file-store.ts'
import { filesDir, filesResponder } from '../protocols/files.ts'
import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import type { ServiceOptions } from '../transport.ts'
import { frameBytes } from './frame-bytes.ts'

export const splitHeader: CatalogueEntry = {
  about: 'forgets a length field that is torn by the end of a read',
  protocols: ['frame', 'files'],
  create: (protocol, options) => createEventedServer(protocol === 'files' ? files : frames, options),
}

const frames = session((options) => frameResponder(options, forgetful(options)))
const files = session((options) => filesResponder(options, directoryStore(filesDir(options)), forgetful(options)))

function forgetful(options: ServiceOptions): Decoder<Frame> {
  let decoder = frameDecoder(options)
  let begun = 0
  return {
    push: (chunk) => {
      const items = decoder.push(chunk)
      begun += chunk.length - frameBytes(items)
      if (begun < LENGTH_FIELD) {
        decoder = frameDecoder(options)
        begun = 0
      }
      return items
    },
    end: () => decoder.end(),
  }
}

const LENGTH_FIELD = 4
