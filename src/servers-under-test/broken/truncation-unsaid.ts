// truncated-as-clean-end: the end of the client inside a frame is taken for an end between frames.

import { frameServerWith } from './frame-server.ts'

export const truncationUnsaid = frameServerWith('says nothing when the client ends inside a frame', (right) => ({
  push: (chunk) => right.push(chunk),
  end: () => [],
}))
