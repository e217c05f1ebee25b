import { createLogUpdate } from 'log-update'
import { oneLine } from '../../harness/escape.ts'
import type { Observer, Progress, PropertyResult } from '../../harness/result.ts'
import { durationText, provenText, rateText } from './figures.ts'
import type { TextOut } from './text-out.ts'

/** A live line is drawn at most this often, in milliseconds. */
const REDRAW_MS = 100
/** Where lines stay, the same property is told of at most this often, in milliseconds. */
const PLAIN_MS = 5_000

/** Shows what is going on: a live line on a terminal, a line now and then elsewhere. `now` is in milliseconds. */
export function progress(out: TextOut, now: () => number): Observer {
  return (out.stream as { isTTY?: boolean }).isTTY === true ? liveProgress(out, now) : plainProgress(out, now)
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

function liveProgress(out: TextOut, now: () => number): Observer {
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

function tellProgress(news: Progress): string {
  const doing = news.doing === 'trying' ? `${figure(news.cases)} of ${figure(news.runs)} cases` : news.doing
  const left = news.leftMs === undefined ? '' : `, ${durationText(news.leftMs)} left`
  return `${oneLine(news.id, 100)}: ${doing}, ${rateText(news.casesPerSecond)}, ${provenText(news.cuts)}${left}`
}

const ENDED = { pass: 'passed', fail: 'FAILED', inconclusive: 'inconclusive', error: 'ERROR' } as const

function tellEnd(result: PropertyResult): string {
  const about = result.failure === undefined ? (result.why ?? '') : result.failure.rule
  const why = about === '' ? '' : ` (${oneLine(about, 200)})`
  const id = oneLine(result.id, 100)
  const uncounted = result.counts === false ? ', not counted' : ''
  return `${id}: ${ENDED[result.verdict]}${why}${uncounted}, ${figure(result.cases)} cases in ${durationText(result.durationMs)}`
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}

function shortened(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`
}
