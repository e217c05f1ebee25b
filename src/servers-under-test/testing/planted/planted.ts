import type { Address } from '../../server.ts'

/** A conversation that tells a broken server from a right one. `wrong` is what the planted bug makes of it. */
export interface Planted {
  readonly name: string
  readonly protocol: string
  /** `dir`: where the server keeps files. */
  readonly talk: (address: Address, dir: string) => Promise<unknown>
  readonly right: unknown
  readonly wrong: unknown
}
