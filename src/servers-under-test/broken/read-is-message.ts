// read-is-message: every read is taken for whole messages, and what it leaves unfinished is not kept for the next.

import { frameDecoder } from '../protocols/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const readIsMessage = frameServerWith('takes every read for whole messages', (right, options) => {
  let decoder = right
  return {
    push: (chunk) => {
      decoder = frameDecoder(options)
      return decoder.push(chunk)
    },
    end: () => decoder.end(),
  }
})
