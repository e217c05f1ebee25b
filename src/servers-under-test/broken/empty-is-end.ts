// zero-length-as-end: an empty frame is taken for the end of the stream, as an empty read would be.

import { FRAME_OVERHEAD } from '../../codec/frame.ts'
import { frameResponder } from '../protocols/frame.ts'
import { LINGER_MS, session } from '../session.ts'
import { changedServer } from './changed-server.ts'

export const emptyIsEnd = changedServer('ends when it gets an empty frame', ['frame'], () =>
  session((options) => {
    const right = frameResponder(options)
    return {
      ...right,
      heard: (bytes) => {
        const reply = right.heard(bytes)
        const empty = reply.answers.findIndex(({ length }) => length === FRAME_OVERHEAD)
        return empty === -1 ? reply : { answers: reply.answers.slice(0, empty), lingerMs: LINGER_MS }
      },
    }
  }),
)
