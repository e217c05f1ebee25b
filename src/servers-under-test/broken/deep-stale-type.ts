// stale-state: an empty frame leaves its type behind for the frame after it. Takes an empty MESSAGE AND a PING behind it
// AND a cut inside that PING.

import { FRAME_TYPE } from '../../codec/frame.ts'
import { frameServerWith } from './frame-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const deepStaleType = frameServerWith('takes a torn PING behind an empty MESSAGE for a MESSAGE', (right) => {
  const measured = new MeasuringDecoder(right)
  let isStale = false
  return {
    push: (chunk) => {
      const items = measured.push(chunk)
      const [first, last] = [items[0], items.at(-1)]
      const wasStale = isStale
      if (last?.is === 'frame') {
        isStale = measured.begun > 0 && last.frame.type === FRAME_TYPE.MESSAGE && last.frame.data.length === 0
      }
      if (!wasStale || first?.is !== 'frame' || first.frame.type !== FRAME_TYPE.PING) return items
      return [{ is: 'frame', frame: { ...first.frame, type: FRAME_TYPE.MESSAGE } }, ...items.slice(1)]
    },
    end: () => right.end(),
  }
})
