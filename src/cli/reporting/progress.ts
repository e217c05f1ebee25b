import { oneLine } from '../../harness/escape.ts'
import type { Observer } from '../../harness/result.ts'
import { tellEnd, tellProgress } from './progress-lines.ts'
import type { TextOut } from './text-out.ts'

/** Where lines stay, the same property is told of at most this often, in milliseconds. */
const PLAIN_MS = 5_000

/** Shows what is going on: a live line on a terminal, a line now and then elsewhere. `now` is in milliseconds. */
export async function progress(out: TextOut, now: () => number): Promise<Observer> {
  if ((out.stream as { isTTY?: boolean }).isTTY !== true) return plainProgress(out, now)
  // What draws on terminals takes a fifth of the time in which the program starts, and in CI there is none.
  const { liveProgress } = await import('./live-progress.ts')
  return liveProgress(out, now)
}

function plainProgress(out: TextOut, now: () => number): Observer {
  let last = 0
  return {
    propertyStarted(id) {
      last = now()
      out.write(`${oneLine(id, 100)}: started\n`)
    },
    propertyResumed(id) {
      last = now()
      out.write(`${oneLine(id, 100)}: goes on\n`)
    },
    progress(news) {
      if (now() - last < PLAIN_MS) return
      last = now()
      out.write(`${tellProgress(news)}\n`)
    },
    propertyEnded: (result) => out.write(`${tellEnd(result)}\n`),
  }
}
