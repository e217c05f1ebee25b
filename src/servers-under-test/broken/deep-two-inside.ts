// half-frames-crowd-out: there are two buffers for unfinished frames. Takes two connections that are inside a frame AND a
// frame of a third one.

import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const deepTwoInside = changedServer('drops frames while two others are unfinished', ['frame'], () => {
  const inside = new Set<object>()
  return (transport, options) => {
    const decoder = new MeasuringDecoder(frameDecoder(options))
    const handler = session(() => frameResponder(options, decoder))(transport, options)
    return changedHandler(handler, {
      received: (bytes) => {
        if (!inside.has(handler) && inside.size >= BUFFERS) return
        handler.received(bytes)
        if (decoder.begun > 0) inside.add(handler)
        else inside.delete(handler)
      },
      lost: (error) => {
        inside.delete(handler)
        handler.lost(error)
      },
    })
  }
})

const BUFFERS = 2
