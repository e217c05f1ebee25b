// The thread-pool style: one process, up to `MOST` threads, and a queue of connections that wait for one of them.
//
// What this process does: it starts threads as they are needed, so that `WAITING` are ready for the next connection, and
// keeps them. Each takes a connection from the queue, serves it to its end and takes the next: a connection costs no
// thread once there are enough, and there are never more than the machine can bear. But a client that holds a thread
// without using it takes one of `MOST` places, and when all are taken everybody else waits, until the idle time of one is
// over.
//
// What the kernel does: it keeps the queue, as that of the listening socket, with what the clients have said meanwhile,
// and gives each connection to one of the threads that wait in accept for it.

import type { Job, Running } from './processes/job.ts'
import { runThreads } from './processes/threads.ts'

const WAITING = 2
/** As many as tornwire has connections in flight by default: eight cases of up to four. */
const MOST = 32

/** Serves in this process. */
export function runThreadPool(job: Job): Promise<Running> {
  return runThreads(job, { serves: 'many', waiting: WAITING, most: MOST })
}
