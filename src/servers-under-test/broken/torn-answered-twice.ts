// resumed-twice: a frame that comes in two reads is handled when it is whole, and again when the rest of it is.

import { frameServerWith } from './frame-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const tornAnsweredTwice = frameServerWith('answers a torn frame twice', (right) => {
  const measured = new MeasuringDecoder(right)
  return {
    push: (chunk) => {
      const isTorn = measured.begun > 0
      const items = measured.push(chunk)
      const first = items[0]
      return isTorn && first?.is === 'frame' ? [first, ...items] : items
    },
    end: () => right.end(),
  }
})
