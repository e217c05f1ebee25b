// The thread-pool style: one process, `THREADS` threads, and a queue of connections that wait for one of them.
//
// What this process does: all threads are started once. Each takes a connection from the queue, serves it to its end and
// takes the next. No connection waits for a thread to start, and there are never more threads than the machine can bear;
// but a client that holds a thread without using it takes one of `THREADS` places, and when all are taken everybody
// else waits, until the idle time of one is over.
//
// What the kernel does: it keeps the queue, as that of the listening socket, with what the clients have said meanwhile,
// and gives each connection to one of the threads that wait in accept for it.

import type { Job, Running } from './processes/job.ts'
import { runThreads } from './processes/threads.ts'

/** As many as tornwire has connections in flight by default: eight cases of up to four. */
const THREADS = 32

/** Serves in this process. */
export function runThreadPool(job: Job): Promise<Running> {
  return runThreads(job, { serves: 'many', waiting: THREADS, most: THREADS })
}
