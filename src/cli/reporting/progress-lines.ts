import { oneLine } from '../../harness/escape.ts'
import type { Progress, PropertyResult } from '../../harness/result.ts'
import { durationText, provenText, rateText } from './figures.ts'

/** What goes on, in a line. */
export function tellProgress(news: Progress): string {
  const doing = news.doing === 'trying' ? `${figure(news.cases)} of ${figure(news.runs)} cases` : news.doing
  const left = news.leftMs === undefined ? '' : `, ${durationText(news.leftMs)} left`
  return `${oneLine(news.id, 100)}: ${doing}, ${rateText(news.casesPerSecond)}, ${provenText(news.cuts)}${left}`
}

const ENDED = { pass: 'passed', fail: 'FAILED', inconclusive: 'inconclusive', error: 'ERROR' } as const

/** What a property came to, in a line. */
export function tellEnd(result: PropertyResult): string {
  const about = result.failure === undefined ? (result.why ?? '') : result.failure.rule
  const why = about === '' ? '' : ` (${oneLine(about, 200)})`
  const id = oneLine(result.id, 100)
  const uncounted = result.counts === false ? ', not counted' : ''
  return `${id}: ${ENDED[result.verdict]}${why}${uncounted}, ${figure(result.cases)} cases in ${durationText(result.durationMs)}`
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}
