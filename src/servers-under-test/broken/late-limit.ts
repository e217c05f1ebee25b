// limit-checked-late: a length over the limit is not refused at once; the server waits for all the data that it announces.

import { bad } from '../../codec/bad.ts'
import { frameServerWith } from './frame-server.ts'

export const lateLimit = frameServerWith('waits for the data of a frame over the limit', (right) => {
  let waits = false
  return {
    push: (chunk) => {
      const items = right.push(chunk)
      const last = items.at(-1)
      waits ||= last?.is === 'bad' && last.kind === 'oversize'
      return waits ? items.filter(({ is }) => is === 'frame') : items
    },
    end: () => (waits ? [bad('truncated', 'the stream ends inside the data')] : right.end()),
  }
})
