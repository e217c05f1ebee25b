// The threaded style: one process, a thread for each connection.
//
// What this process does: its main thread only starts threads. `WAITING` of them wait for a connection, each in accept of
// its own; one that has got it serves it alone, sleeping in epoll_wait for this one descriptor and no longer than its
// next timer, and ends with it, while another is started in its place. Threads share descriptors and the code's text, but
// no object: each has a heap of its own, which costs some 8 MB and 20 ms.
//
// What the kernel does: it runs the threads, as many at once as there are processors, and takes the processor from one
// that computes for long. A connection that comes wakes every thread that waits (the thundering herd): one gets it, the
// others are told EAGAIN and sleep again. Beyond `MOST` threads, connections wait in the listening socket's queue.

import type { Job, Running } from './processes/job.ts'
import { runThreads } from './processes/threads.ts'

const WAITING = 2
const MOST = 256

/** Serves in this process. */
export function runThreaded(job: Job): Promise<Running> {
  return runThreads(job, { serves: 'one', waiting: WAITING, most: MOST })
}
