// The blocking style: one process, one thread, one connection at a time, and nothing that a beginner could not follow:
// accept, read, write, read, …, close, accept the next.
//
// What this process does: it sleeps in the kernel, in accept until a client comes, in read(2) until that client speaks,
// in write(2) until that client has taken enough of its answers. It has no clock: where a client says nothing for ever,
// it waits for ever, and so does everybody else. That, and not the number of clients, is what this style cannot do.
// (blocking-channel.ts tells what strace shows.)
//
// What the kernel does: it finishes the handshakes of those who wait and keeps what they say (`BACKLOG` of them). They
// believe that they are connected, and are answered when their turn comes.
//
// A signal cannot be heard in the middle of a read. The process that started this one ends it after its limit.

import { NO_ALARM } from './channel/alarm.ts'
import { BlockingChannel } from './channel/blocking-channel.ts'
import { converse } from './channel/converse.ts'
import { loadService } from './load-service.ts'
import type { Job, Running } from './processes/job.ts'
import { oneByOne } from './processes/one-by-one.ts'

/** Serves in this process. */
export async function runBlocking({ protocol, options }: Job): Promise<Running> {
  const service = await loadService(protocol)
  return oneByOne((socket, stopping) =>
    converse(new BlockingChannel(socket), service, options, { alarm: NO_ALARM, stopping }),
  )
}
