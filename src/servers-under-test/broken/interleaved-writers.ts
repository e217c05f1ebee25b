// interleaved-writers: a PONG is written in two parts, and another answer may come between them.

import { changedServer } from './changed-server.ts'
import { withLatePongs } from './late-pongs.ts'

export const interleavedWriters = changedServer('writes answers into each other', ['frame'], () => withLatePongs(HEAD))

const HEAD = 5
