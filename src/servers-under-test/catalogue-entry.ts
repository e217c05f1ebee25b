import type { Server } from './server.ts'
import type { ServiceOptions } from './transport.ts'

/** The protocols that servers under test speak; what each says is in `protocols/`. */
export type ProtocolName = 'frame' | 'echo' | 'lines' | 'upper' | 'collector' | 'files'

/** A server that can be asked for by name. */
export interface CatalogueEntry {
  /** One line for a person who has to choose. */
  readonly about: string
  /** What it can speak; the first where nothing else is asked for. */
  readonly protocols: readonly [ProtocolName, ...ProtocolName[]]
  readonly create: (protocol: ProtocolName, options: ServiceOptions) => Server
}
