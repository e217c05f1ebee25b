import type { ConnectionLog } from './connection-log.ts'

/** How it stands with a wait whose deadline has passed: `over`, the connection is; `deadline`, it was in vain. */
export type Standing = 'met' | 'over' | 'deadline'

/** How a wait ended. `quiet` or `stuck`: the server seems to be, which was not waited for to the end. */
export type Met = Standing | 'quiet' | 'stuck'

export function standingOf(log: Pick<ConnectionLog, 'ending' | 'gaveUp'>, done: () => boolean): Standing {
  if (done()) return 'met'
  return log.ending !== undefined || log.gaveUp !== undefined ? 'over' : 'deadline'
}
