// A server process: does the one job that its argument says, on a socket that was listening before it began, until it is
// told to stop or the process that started it is gone. When it has stopped, nothing is left that keeps it alive.

import { runBlocking } from '../blocking.ts'
import { runBlockingTimeout } from '../blocking-timeout.ts'
import { createEventedServer } from '../evented.ts'
import { runPrefork } from '../prefork.ts'
import { runPreforkThreaded } from '../prefork-threaded.ts'
import { SERVICES } from '../services.ts'
import { STOP_WITHIN_MS } from '../socket-server.ts'
import { runThreadPool } from '../thread-pool.ts'
import { runThreaded } from '../threaded.ts'
import type { StopMessage } from './child.ts'
import type { Job, Role, Running } from './job.ts'

const ROLES: Readonly<Record<Role, (job: Job) => Running | Promise<Running>>> = {
  blocking: runBlocking,
  'blocking-timeout': runBlockingTimeout,
  threaded: runThreaded,
  'thread-pool': runThreadPool,
  prefork: runPrefork,
  'prefork-threaded': runPreforkThreaded,
  evented: async ({ protocol, options, descriptor }) => {
    const server = createEventedServer(SERVICES[protocol], options)
    await server.listenOn(descriptor)
    return { stop: (withinMs) => server.stop({ withinMs }) }
  },
}

const job = JSON.parse(process.argv[2] ?? '{}') as Job
const running = await ROLES[job.role](job)

let isStopping = false
async function stop(withinMs: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  await running.stop(withinMs)
  if (process.connected) process.disconnect()
}

process.on('message', ({ stopWithinMs }: StopMessage) => stop(stopWithinMs))
process.on('disconnect', () => stop(0))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(STOP_WITHIN_MS))
process.send?.('ready')
