import { createLogUpdate } from 'log-update'
import { oneLine } from '../../harness/escape.ts'
import type { Observer } from '../../harness/result.ts'
import { tellEnd, tellProgress } from './progress-lines.ts'
import type { TextOut } from './text-out.ts'

/** A live line is drawn at most this often, in milliseconds. */
const REDRAW_MS = 100

/** A line on a terminal that shows what is going on, and lines of what did not pass. `now` is in milliseconds. */
export function liveProgress(out: TextOut, now: () => number): Observer {
  const live = liveLine(out, now)
  let of = 0
  let done = 0
  const place = () => (of > 0 ? `[${done} of ${of} done] ` : '')
  return {
    started: ({ properties }) => {
      of = properties.length
    },
    propertyStarted: (id) => live.draw(`${place()}${oneLine(id, 100)}: started`),
    propertyResumed: (id) => live.draw(`${place()}${oneLine(id, 100)}: goes on`),
    progress(news) {
      if (live.isDue()) live.draw(place() + tellProgress(news))
    },
    propertyEnded(result) {
      done += 1
      if (result.verdict === 'pass') return
      live.clear()
      out.write(`${tellEnd(result)}\n`)
    },
    ended: () => live.clear(),
  }
}

interface LiveLine {
  draw(line: string): void
  /** Enough time has passed since the last drawing. */
  isDue(): boolean
  clear(): void
}

function liveLine(out: TextOut, now: () => number): LiveLine {
  const live = createLogUpdate(out.stream)
  const { columns = 80 } = out.stream as { columns?: number }
  let drawnAt = Number.NEGATIVE_INFINITY
  return {
    draw(line) {
      if (out.gone) return
      drawnAt = now()
      live(shortened(line, columns - 1))
    },
    isDue: () => now() - drawnAt >= REDRAW_MS,
    clear() {
      if (out.gone) return
      live.clear()
      live.done()
    },
  }
}

function shortened(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`
}
