// pipelining-reorder: answers are sent when they are ready, not in the order of what they answer; a PONG takes longer.

import { changedServer } from './changed-server.ts'
import { withLatePongs } from './late-pongs.ts'

export const pipeliningReorder = changedServer('answers in the order of completion', ['frame'], () => withLatePongs(0))
