// quadratic-rescan: all that has come of a frame is joined with each read, and gone through again from its first byte.

import type { Item } from '../../codec/codec.ts'
import type { Frame } from '../../codec/frame.ts'
import { frameDecoder } from '../protocols/frame.ts'
import { frameBytes } from './frame-bytes.ts'
import { frameServerWith } from './frame-server.ts'

export const quadraticRescan = frameServerWith('reads a frame anew, from its start, with each read', (_, options) => {
  let held = Buffer.alloc(0)
  const fromTheStart = () => {
    const decoder = frameDecoder(options)
    const items: Item<Frame>[] = []
    for (let at = 0; at < held.length; at += STEP) items.push(...decoder.push(held.subarray(at, at + STEP)))
    return { decoder, items }
  }
  return {
    push: (chunk) => {
      held = Buffer.concat([held, chunk])
      const { items } = fromTheStart()
      held = held.subarray(frameBytes(items))
      return items
    },
    end: () => fromTheStart().decoder.end(),
  }
})

/** Bytes that it looks at at once: about a nanosecond or two for each of them. */
const STEP = 128
