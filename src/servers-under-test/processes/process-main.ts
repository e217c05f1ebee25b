// A server process: does the one job that its argument says, on a socket that was listening before it began, until it is
// told to stop or the process that started it is gone. When it has stopped, nothing is left that keeps it alive.

import { loadService } from '../load-service.ts'
import { STOP_WITHIN_MS } from '../socket-server.ts'
import type { StopMessage } from './child.ts'
import type { Job, Role, Running } from './job.ts'

/** Of these, a process loads the one that it is for. */
const ROLES: Readonly<Record<Role, (job: Job) => Promise<Running>>> = {
  blocking: async (job) => (await import('../blocking.ts')).runBlocking(job),
  'blocking-timeout': async (job) => (await import('../blocking-timeout.ts')).runBlockingTimeout(job),
  threaded: async (job) => (await import('../threaded.ts')).runThreaded(job),
  'thread-pool': async (job) => (await import('../thread-pool.ts')).runThreadPool(job),
  prefork: async (job) => (await import('../prefork.ts')).runPrefork(job),
  'prefork-threaded': async (job) => (await import('../prefork-threaded.ts')).runPreforkThreaded(job),
  evented: async ({ protocol, options, descriptor }) => {
    const { createEventedServer } = await import('../evented.ts')
    const server = createEventedServer(await loadService(protocol), options)
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
