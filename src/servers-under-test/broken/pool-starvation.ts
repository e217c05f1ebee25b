// pool-starvation: every client, a silent one too, has a worker to itself, and there are four of them.

import { changedServer } from './changed-server.ts'
import { withWorkers } from './workers.ts'

export const poolStarvation = changedServer('serves four clients at a time', ['frame'], (right) =>
  withWorkers(right, 4),
)
