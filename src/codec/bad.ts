import type { Item } from './codec.ts'

/**
 * The words by which the codecs of this folder name a stream that cannot be read.
 * `undersize`: a length that counts more than the data is too small for what it counts.
 * `varint`: a length that does not end within the bytes allowed for it.
 */
export type BadKind = 'checksum' | 'encoding' | 'oversize' | 'truncated' | 'undersize' | 'varint'

/** The item that ends an unreadable stream. `detail` tells a person what was found and what was due. */
export function bad(kind: BadKind, detail: string): Item<never> {
  return { is: 'bad', kind, detail }
}
