/** Where a server listens. `host` is a numeric address. */
export interface Address {
  readonly host: string
  readonly port: number
  /** TCP without it. */
  readonly transport?: 'udp'
}
