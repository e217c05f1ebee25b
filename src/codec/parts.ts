import type { Codec } from './codec.ts'
import { type DelimiterDeclaration, partsDelimiterCodec } from './delimiter.ts'
import { type FixedDeclaration, fixedLayout } from './fixed-size.ts'
import { type LengthDeclaration, lengthLayout } from './length-prefix.ts'
import type { PartsFrame } from './parts-frame.ts'
import { partsShape, sizedCodec } from './sized-codec.ts'
import type { SizedLayout } from './sized-layout.ts'
import { type VarintDeclaration, varintLayout } from './varint-prefix.ts'

/** A framing as plain data: how a frame's end is told, and what stands around its data. */
export type Declaration = LengthDeclaration | VarintDeclaration | FixedDeclaration | DelimiterDeclaration

/** The codec that a declaration describes. Throws a RangeError on a declaration that contradicts itself. */
export function declaredCodec(declaration: Declaration): Codec<PartsFrame> {
  if (declaration.framing === 'delimiter') return partsDelimiterCodec(declaration)
  const layout = layoutOf(declaration)
  return sizedCodec(layout, partsShape(layout))
}

function layoutOf(declaration: Exclude<Declaration, DelimiterDeclaration>): SizedLayout {
  switch (declaration.framing) {
    case 'length':
      return lengthLayout(declaration)
    case 'varint':
      return varintLayout(declaration)
    case 'fixed':
      return fixedLayout(declaration)
  }
}
