// negative-length: the length is read as a signed number, so that one of 2 GiB and more passes as small.

import { frameBytes } from './frame-bytes.ts'
import { frameServerWith } from './frame-server.ts'
import { HeldBytes } from './held-bytes.ts'

export const negativeLength = frameServerWith(
  'dies of a length that is negative when it is read as signed',
  (right) => {
    const held = new HeldBytes()
    return {
      push: (chunk) => {
        const items = right.push(chunk)
        held.add(chunk)
        held.drop(frameBytes(items))
        const length = items.at(-1)?.is === 'bad' ? held.first(4).readInt32BE(0) : 0
        if (length < 0) Buffer.alloc(length)
        return items
      },
      end: () => right.end(),
    }
  },
)
