// handshake-tail-unhandled: what comes with the first frame is parsed before anybody handles errors.

import { frameServerWith } from './frame-server.ts'

export const firstReadTailCrash = frameServerWith('dies of a bad frame that comes with the first frame', (right) => {
  let isGreeted = false
  return {
    push: (chunk) => {
      const items = right.push(chunk)
      const last = items.at(-1)
      if (!isGreeted && items.length > 1 && last?.is === 'bad') throw new Error(`unhandled: ${last.detail}`)
      isGreeted ||= items.length > 0
      return items
    },
    end: () => right.end(),
  }
})
