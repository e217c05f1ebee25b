// cancel-unsafe-read: waits for the rest of a frame are counted, and what has come of it is given up at the third one.

import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import type { Cancel } from '../transport.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'
import { MeasuringDecoder } from './measuring-decoder.ts'

export const givesUpWaiting = changedServer(
  'waits twice for the rest of a frame, and then forgets it',
  ['frame'],
  () => {
    return (transport, options) => {
      let decoder = new MeasuringDecoder(frameDecoder(options))
      let waits = 0
      let cancel: Cancel = () => {}
      const current = { push: (chunk: Uint8Array) => decoder.push(chunk), end: () => decoder.end() }
      const handler = session(() => frameResponder(options, current))(transport, options)
      const waited = (): void => {
        waits += 1
        if (waits === MOST_WAITS) decoder = new MeasuringDecoder(frameDecoder(options))
      }
      return changedHandler(handler, {
        received: (bytes) => {
          cancel()
          handler.received(bytes)
          if (decoder.begun === 0) waits = 0
          else cancel = transport.after(WAIT_MS, waited)
        },
        lost: (error) => {
          cancel()
          handler.lost(error)
        },
      })
    }
  },
)

const WAIT_MS = 8
const MOST_WAITS = 3
