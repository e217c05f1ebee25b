// zero-length-spin: the parser goes on by the length of what it has read, and by nothing after an empty frame.

import { frameServerWith } from './frame-server.ts'

export const zeroLengthSpin = frameServerWith('never comes back from a frame without data', (right) => ({
  push: (chunk) => {
    const items = right.push(chunk)
    while (items.some((item) => item.is === 'frame' && item.frame.data.length === 0));
    return items
  },
  end: () => right.end(),
}))
