// bad-between-goods: an ERROR is not said where it stands between two good frames. Takes a good frame AND a bad one AND a
// good one, all in one read.

import { FRAME_OVERHEAD } from '../../codec/frame.ts'
import { frameDecoder } from '../protocols/frame.ts'
import { frameBytes } from './frame-bytes.ts'
import { frameServerWith } from './frame-server.ts'
import { HeldBytes } from './held-bytes.ts'

export const deepErrorBetween = frameServerWith('says no ERROR between two good frames', (right, options) => {
  const held = new HeldBytes()
  return {
    push: (chunk) => {
      const items = right.push(chunk)
      held.add(chunk)
      held.drop(frameBytes(items))
      const last = items.at(-1)
      if (items.length < 2 || last?.is !== 'bad' || last.kind !== 'checksum') return items
      const rest = held.first(held.length)
      const behind = rest.subarray(rest.readUInt32BE(0) + FRAME_OVERHEAD)
      return frameDecoder(options).push(behind)[0]?.is === 'frame' ? items.slice(0, -1) : items
    },
    end: () => right.end(),
  }
})
