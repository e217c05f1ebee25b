// undersized-length: a PING is thought to hold a number, and to read it from one without data ends the process.

import { FRAME_TYPE } from '../../codec/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const undersizedLength = frameServerWith('dies of a PING without data', (right) => ({
  push: (chunk) => {
    const items = right.push(chunk)
    for (const item of items) {
      if (item.is === 'frame' && item.frame.type === FRAME_TYPE.PING) Buffer.from(item.frame.data).readUInt8(0)
    }
    return items
  },
  end: () => right.end(),
}))
