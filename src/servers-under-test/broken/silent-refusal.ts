// error-unsaid: a wrong checksum ends the connection without the ERROR that says why.

import { FRAME_TYPE } from '../../codec/frame.ts'
import { frameResponder } from '../protocols/frame.ts'
import { session } from '../session.ts'
import { changedServer } from './changed-server.ts'

export const silentRefusal = changedServer('refuses without a word', ['frame'], () =>
  session((options) => {
    const right = frameResponder(options)
    return {
      ...right,
      heard: (bytes) => {
        const { answers, ...end } = right.heard(bytes)
        return { ...end, answers: answers.filter((answer) => answer[4] !== FRAME_TYPE.ERROR) }
      },
    }
  }),
)
