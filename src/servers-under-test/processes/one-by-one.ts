import type { Socket } from 'node:net'
import { acceptNext } from './accept.ts'
import type { Running } from './job.ts'

/** Accepts a connection, serves it to its end, accepts the next. */
export function oneByOne(serve: (socket: Socket, stopping: AbortSignal) => Promise<void>): Running {
  const stopping = new AbortController()
  let current: Socket | undefined
  const over = (async () => {
    for (;;) {
      current = await acceptNext(stopping.signal)
      if (current === undefined) return
      await serve(current, stopping.signal)
    }
  })()
  return {
    stop: async (withinMs) => {
      stopping.abort()
      const deadline = setTimeout(() => current?.destroy(), withinMs)
      await over
      clearTimeout(deadline)
    },
  }
}
