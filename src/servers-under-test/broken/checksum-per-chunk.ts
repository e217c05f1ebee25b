// checksum-per-chunk: the checksum is worked out over the data of the last read only, where data came in two.

import { bad } from '../../codec/bad.ts'
import { frameServerWith } from './frame-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const checksumPerChunk = frameServerWith('refuses frames whose data is torn', (right) => {
  const measured = new MeasuringDecoder(right)
  return {
    push: (chunk) => {
      const { begun } = measured
      const items = measured.push(chunk)
      const first = items[0]
      const isTorn = first?.is === 'frame' && begun > HEAD && begun < HEAD + first.frame.data.length
      return isTorn ? [bad('checksum', 'the checksum is not that of the last read')] : items
    },
    end: () => right.end(),
  }
})

const HEAD = 5
