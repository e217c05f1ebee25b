import type { Decoder } from '../../codec/codec.ts'
import type { Frame } from '../../codec/frame.ts'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { createEventedServer } from '../evented.ts'
import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import type { ServiceOptions } from '../transport.ts'

/** A frame server that is right in everything but its decoder, which spoils the right one. Each connection has its own. */
export function frameServerWith(
  about: string,
  spoil: (right: Decoder<Frame>, options: ServiceOptions) => Decoder<Frame>,
): CatalogueEntry {
  const service = session((options) => frameResponder(options, spoil(frameDecoder(options), options)))
  return { about, protocols: ['frame'], create: (_protocol, options) => createEventedServer(service, options) }
}
