// checksum-odd-fragment: the checksum is worked out two bytes at a time. Takes an odd number of data bytes AND a cut in
// them after an odd number.

import { bad } from '../../codec/bad.ts'
import { frameServerWith } from './frame-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const deepOddFragment = frameServerWith('refuses odd data that is torn at an odd byte', (right) => {
  const measured = new MeasuringDecoder(right)
  return {
    push: (chunk) => {
      const torn = measured.begun - HEAD
      const items = measured.push(chunk)
      const first = items[0]
      if (first?.is !== 'frame' || torn % 2 !== 1) return items
      const { length } = first.frame.data
      return length % 2 === 1 && torn < length ? [bad('checksum', 'the fragments do not fit')] : items
    },
    end: () => right.end(),
  }
})

const HEAD = 5
