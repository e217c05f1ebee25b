// The blocking style with time limits: one process, one thread, one connection at a time, but no wait is for ever.
//
// What this process does: as in the blocking style it accepts, reads, writes and closes, one after the other. Before
// each read and write it waits in epoll_wait for this one connection and for no longer than the next timer: so the
// silent client gets its error when the idle time is over, and the next client its turn. A second client still waits as
// long as the first one talks.
//
// What the kernel does: as for the blocking style it keeps the others waiting, with what they have said.

import { converseWithin } from './channel/converse-within.ts'
import { loadService } from './load-service.ts'
import type { Job, Running } from './processes/job.ts'
import { oneByOne } from './processes/one-by-one.ts'

/** Serves in this process. */
export async function runBlockingTimeout({ protocol, options }: Job): Promise<Running> {
  const service = await loadService(protocol)
  return oneByOne((socket, stopping) => converseWithin(socket, service, options, stopping))
}
