// upgrade-injection: what was sent in the same read behind a STOP is answered before the STOP is obeyed.

import type { Item } from '../../codec/codec.ts'
import { FRAME_TYPE, type Frame } from '../../codec/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const stopTailRun = frameServerWith('answers what comes with a STOP, but behind it', (right) => ({
  push: (chunk) => {
    const items = right.push(chunk)
    return [...items.filter((item) => !isStop(item)), ...items.filter(isStop)]
  },
  end: () => right.end(),
}))

function isStop(item: Item<Frame>): boolean {
  return item.is === 'frame' && item.frame.type === FRAME_TYPE.STOP
}
