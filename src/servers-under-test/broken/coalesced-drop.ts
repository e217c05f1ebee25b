// coalesced-drop: only the first frame that a read completes is handled.

import { frameServerWith } from './frame-server.ts'

export const coalescedDrop = frameServerWith('drops all but the first frame of a read', (right) => ({
  push: (chunk) => right.push(chunk).slice(0, 1),
  end: () => right.end(),
}))
