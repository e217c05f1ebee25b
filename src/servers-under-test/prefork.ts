// The pre-forked style: `PROCESSES` processes, started before the first client comes, accept from one listening socket.
//
// What these processes do: each has an event loop and serves the connections that it has accepted, as the evented style
// does. They share nothing but the listening socket: what ends one of them takes only its own connections along. A
// supervisor, which serves nobody, starts another in its place.
//
// What the kernel does: it runs the processes side by side and wakes those that wait for the listening socket; which of
// them gets a connection is settled by who comes first (a busy loop comes later, and so gets less).

import type { Job, Running } from './processes/job.ts'
import { supervise } from './processes/supervisor.ts'

const PROCESSES = 2

/** Supervises from this process. */
export function runPrefork(job: Job): Promise<Running> {
  // Not descriptor 0: starting a process would make a listener of that number block, for all who share it.
  return supervise({ ...job, role: 'evented', descriptor: 4 }, PROCESSES)
}
