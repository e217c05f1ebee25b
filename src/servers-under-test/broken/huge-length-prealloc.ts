// huge-length-prealloc: room is made for what a length announces before anybody looks whether it is over the limit.

import { frameBytes } from './frame-bytes.ts'
import { frameServerWith } from './frame-server.ts'
import { HeldBytes } from './held-bytes.ts'

const LENGTH_SIZE = 4
/** Bytes that a machine with little memory lets a process reserve too. */
const MOST = 0x7fff_ffff

export const hugeLengthPrealloc = frameServerWith('sets aside whatever a length announces', (right) => {
  const held = new HeldBytes()
  return {
    push: (chunk) => {
      const wasKnown = held.length >= LENGTH_SIZE
      const items = right.push(chunk)
      const taken = frameBytes(items)
      held.add(chunk)
      held.drop(taken)
      const isNew = taken > 0 || !wasKnown
      // Nothing of it is touched, so that it takes address space alone.
      if (isNew && held.length >= LENGTH_SIZE)
        Buffer.allocUnsafeSlow(Math.min(MOST, held.first(LENGTH_SIZE).readUInt32BE(0)))
      return items
    },
    end: () => right.end(),
  }
})
