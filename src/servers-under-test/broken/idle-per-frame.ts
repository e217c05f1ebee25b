// timer-not-rearmed: a part of a frame does not begin the idle time anew, so that who says one slowly is cut off inside it.

import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import type { Cancel } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const idlePerFrame = changedServer('begins the idle time anew with whole frames only', ['frame'], () => {
  return (transport, options) => {
    const decoder = new MeasuringDecoder(frameDecoder(options))
    const handler = session(() => frameResponder(options, decoder))(transport, options)
    let cancel: Cancel = () => {}
    const begin = (): void => {
      cancel()
      cancel = transport.after(options.idleMs, () => handler.shutdown())
    }
    begin()
    return changedHandler(handler, {
      received: (bytes) => {
        handler.received(bytes)
        // Of these bytes some have ended a frame.
        if (decoder.begun < bytes.length) begin()
      },
      lost: (error) => {
        cancel()
        handler.lost(error)
      },
    })
  }
})
