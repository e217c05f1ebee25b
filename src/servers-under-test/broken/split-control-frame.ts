// split-control-frame: a STOP that comes in two reads is read to its end and then forgotten.

import { FRAME_TYPE } from '../../codec/frame.ts'
import { frameServerWith } from './frame-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const splitControlFrame = frameServerWith('forgets a STOP that comes in two reads', (right) => {
  const measured = new MeasuringDecoder(right)
  return {
    push: (chunk) => {
      const isTorn = measured.begun > 0
      const items = measured.push(chunk)
      const first = items[0]
      return isTorn && first?.is === 'frame' && first.frame.type === FRAME_TYPE.STOP ? items.slice(1) : items
    },
    end: () => right.end(),
  }
})
