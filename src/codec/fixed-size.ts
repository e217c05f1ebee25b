import { bad } from './bad.ts'
import { trailerOf } from './checksum.ts'
import { checkedSize } from './limit.ts'
import type { SizedLayout } from './sized-layout.ts'

/** Frames that are all of one size and nothing but data. */
export interface FixedDeclaration {
  readonly framing: 'fixed'
  /** Bytes, 1 or more. */
  readonly size: number
}

const NO_HEAD = new Uint8Array(0)

/** Throws a RangeError on a size that no frame can have. */
export function fixedLayout({ size }: FixedDeclaration): SizedLayout {
  checkedSize('size', size, 1)
  return {
    sizeAt: () => size,
    refusal: () => bad('oversize', `a frame is ${size} bytes`),
    headSizeAt: () => 0,
    headFields: () => [],
    keptHead: 0,
    headFor: () => NO_HEAD,
    data: { least: size, most: size },
    trailer: trailerOf(undefined),
  }
}
