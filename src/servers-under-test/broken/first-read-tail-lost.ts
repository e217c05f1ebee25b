// handshake-tail-lost: the first frame of a connection is its greeting, and what came in the same read is thrown away.

import { frameDecoder } from '../protocols/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const firstReadTailLost = frameServerWith('loses what comes with the first frame', (right, options) => {
  let decoder = right
  let isGreeted = false
  return {
    push: (chunk) => {
      const items = decoder.push(chunk)
      if (isGreeted || items.length === 0) return items
      isGreeted = true
      decoder = frameDecoder(options)
      return items.slice(0, 1)
    },
    end: () => decoder.end(),
  }
})
