import type { Server } from './server.ts'
import type { ServiceOptions } from './transport.ts'

/** The protocols over TCP that servers under test speak; what each says is in `protocols/`. */
export type ProtocolName = 'frame' | 'echo' | 'lines' | 'upper' | 'collector' | 'files'

/** Those over UDP. */
export type DatagramProtocolName = 'udp-echo'

/** A server that can be asked for by name. */
export interface CatalogueEntry<P extends string = ProtocolName> {
  /** One line for a person who has to choose. */
  readonly about: string
  /** What it can speak; the first where nothing else is asked for. */
  readonly protocols: readonly [P, ...P[]]
  /** Called with one of `protocols` only. */
  create(protocol: P, options: ServiceOptions): Server | Promise<Server>
}

/** Gives an entry, after loading the file that it is in, if that is needed. */
export type LoadEntry<P extends string = ProtocolName> = () => Promise<CatalogueEntry<P>>
