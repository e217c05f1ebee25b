// serial-accept: the next client is served only when the one before it is gone.

import { changedServer } from './changed-server.ts'
import { withWorkers } from './workers.ts'

export const serialAccept = changedServer('serves one client at a time', ['echo', 'frame'], (right) =>
  withWorkers(right, 1),
)
