// unknown-type-swallowed: a frame of a type that the server does not know is passed over, as if it had not come.

import { FRAME_TYPE } from '../../codec/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const unknownTypeIgnored = frameServerWith('passes over frames of unknown types', (right) => ({
  push: (chunk) => right.push(chunk).filter((item) => item.is === 'bad' || KNOWN.has(item.frame.type)),
  end: () => right.end(),
}))

const KNOWN: ReadonlySet<number> = new Set([FRAME_TYPE.MESSAGE, FRAME_TYPE.PING, FRAME_TYPE.STOP])
