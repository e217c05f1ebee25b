// The pre-forked style with threads: `PROCESSES` processes accept from one listening socket, and in each of them every
// connection has a thread of its own.
//
// What these processes do: each does all that the threaded style does (threaded.ts): its threads wait in accept, serve one
// connection each, and end. A crash takes the connections of one process along; a supervisor starts another.
//
// What the kernel does: it runs all threads of all processes alike, and wakes those that wait for a connection,
// whosesoever they are. While a process is started again, the listening socket blocks for a moment: a thread that lost the
// race for a connection then sleeps in accept4 instead of epoll_wait, and takes the next one.

import type { Job, Running } from './processes/job.ts'
import { supervise } from './processes/supervisor.ts'

const PROCESSES = 2

/** Supervises from this process. */
export function runPreforkThreaded(job: Job): Promise<Running> {
  return supervise({ ...job, role: 'threaded' }, PROCESSES)
}
