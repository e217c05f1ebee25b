import type { Service, ServiceOptions } from './transport.ts'

/** A server under test, in this process or a process of its own. */
export interface Server {
  /** Resolves once clients can connect. Rejects with a `ListenError` where the address cannot be had. */
  listen(port: number, host: string): Promise<Address>
  /**
   * Accepts no more, answers what it has got, ends every connection, and closes by force what is still open after
   * `withinMs` milliseconds (1,000 unless given). Resolves when nothing is left open.
   */
  stop(options?: { readonly withinMs?: number }): Promise<void>
}

/** Where a server listens: the port is the real one, also when 0 was asked for. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** A way to move bytes: makes a server of any service. */
export type Style = (service: Service, options: ServiceOptions) => Server
