// cancel-unsafe-read: a read that takes longer than 100 ms is given up, and the half frame that it had got with it.

import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import type { Cancel } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const cancelUnsafeRead = changedServer('forgets half a frame after 100 ms', ['frame'], () => {
  return (transport, options) => {
    let decoder = new MeasuringDecoder(frameDecoder(options))
    let cancel: Cancel = () => {}
    const current = { push: (chunk: Uint8Array) => decoder.push(chunk), end: () => decoder.end() }
    const handler = session(() => frameResponder(options, current))(transport, options)
    return changedHandler(handler, {
      received: (bytes) => {
        cancel()
        handler.received(bytes)
        if (decoder.begun === 0) return
        cancel = transport.after(POLL_MS, () => {
          decoder = new MeasuringDecoder(frameDecoder(options))
        })
      },
      lost: (error) => {
        cancel()
        handler.lost(error)
      },
    })
  }
})

const POLL_MS = 100
