// reset-frees-twice: what a frame has been put into is freed with the connection, and once more by whoever answered. Takes
// two whole frames AND the beginning of a third AND an RST.

import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const deepResetInside = changedServer('dies of an RST inside the third frame or a later one', ['frame'], () => {
  return (transport, options) => {
    const measured = new MeasuringDecoder(frameDecoder(options))
    let frames = 0
    const decoder = {
      push: (chunk: Uint8Array) => {
        const items = measured.push(chunk)
        frames += items.filter(({ is }) => is === 'frame').length
        return items
      },
      end: () => measured.end(),
    }
    const handler = session(() => frameResponder(options, decoder))(transport, options)
    return changedHandler(handler, {
      lost: (error) => {
        if (error !== undefined && frames >= 2 && measured.begun > 0) throw new Error('double free')
        handler.lost(error)
      },
    })
  }
})
