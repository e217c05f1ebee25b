// one-client-kills-all: the handler of a type is looked up and called, also where there is none.

import { FRAME_TYPE } from '../../codec/frame.ts'
import { frameServerWith } from './frame-server.ts'

export const crashOnUnknownType = frameServerWith('dies of a type that it does not know', (right) => ({
  push: (chunk) => {
    const items = right.push(chunk)
    for (const item of items) if (item.is === 'frame') NAMES[item.frame.type]!.toLowerCase()
    return items
  },
  end: () => right.end(),
}))

const NAMES: Readonly<Record<number, string>> = {
  [FRAME_TYPE.MESSAGE]: 'MESSAGE',
  [FRAME_TYPE.PING]: 'PING',
  [FRAME_TYPE.STOP]: 'STOP',
}
