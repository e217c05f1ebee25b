// stale-half-header: what a reset connection has left of a length is put before the first read of the next connection.
// Takes a client inside a length AND its RST AND a fresh connection after it.

import { frameDecoder, frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import { changedHandler } from './changed.ts'
import { changedServer } from './changed-server.ts'
import { frameBytes } from './frame-bytes.ts'
import { HeldBytes } from './held-bytes.ts'

export const deepHalfLeft = changedServer('lets a fresh client inherit a torn length', ['frame'], () => {
  let left: Buffer = Buffer.alloc(0)
  return (transport, options) => {
    const right = frameDecoder(options)
    const held = new HeldBytes()
    const decoder = {
      push: (chunk: Uint8Array) => {
        const items = right.push(chunk)
        held.add(chunk)
        held.drop(frameBytes(items))
        return items
      },
      end: () => right.end(),
    }
    const handler = session(() => frameResponder(options, decoder))(transport, options)
    const inherited = left
    left = Buffer.alloc(0)
    let isFirst = true
    return changedHandler(handler, {
      received: (bytes) => {
        handler.received(isFirst ? Buffer.concat([inherited, bytes]) : bytes)
        isFirst = false
      },
      lost: (error) => {
        if (error !== undefined && held.length > 0 && held.length < LENGTH_FIELD) left = held.first(held.length)
        handler.lost(error)
      },
    })
  }
})

const LENGTH_FIELD = 4
