// split-length-sign-extended: a torn length is put together of signed bytes: one of 0x80 or more makes it negative. Takes
// a length with such a byte AND a cut before that byte.

import { bad } from '../../codec/bad.ts'
import { frameServerWith } from './frame-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const deepTornLength = frameServerWith('refuses torn lengths with a byte of 0x80 or more', (right) => {
  const measured = new MeasuringDecoder(right)
  let tornAt = 0
  return {
    push: (chunk) => {
      const items = measured.push(chunk)
      const first = items[0]
      const isNegative = first?.is === 'frame' && tornAt > 0 && hasHighByte(first.frame.data.length, tornAt)
      if (items.length > 0) tornAt = 0
      if (tornAt === 0 && measured.begun < LENGTH_FIELD) tornAt = measured.begun
      return isNegative ? [bad('oversize', 'the length is negative')] : items
    },
    end: () => right.end(),
  }
})

const LENGTH_FIELD = 4

/** Whether a byte of this length, from byte `from` on, is 0x80 or more. */
function hasHighByte(length: number, from: number): boolean {
  const field = Buffer.alloc(4)
  field.writeUInt32BE(length)
  return field.subarray(from).some((byte) => byte >= 0x80)
}
