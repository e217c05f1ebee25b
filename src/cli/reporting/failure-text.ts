import { countsAsFailure } from '../../harness/baseline/weigh.ts'
import { counted } from '../../harness/counted.ts'
import { oneLine } from '../../harness/escape.ts'
import { confirmationText, sentenceOf } from '../../harness/report-page.ts'
import type { FailureResult } from '../../harness/result.ts'
import type { Colours } from './colours.ts'
import { lenienceText } from './lenience-text.ts'
import type { Point, RunRecord } from './run-record.ts'
import type { Look } from './summary-text.ts'

/**
 * Failed properties for a terminal: first those that are another's failure again, then those that do not count, then those
 * that do. As many in full as there is room for, one at least, and before all those that count; the others on a line each.
 */
export function failureLines(record: RunRecord, failed: readonly Point[], look: Look, room: number): string[] {
  const again = failed.filter(({ result }) => result?.sameAs !== undefined)
  const own = failed.filter((point) => !again.includes(point))
  const serious = own.filter(isCounted)
  const lenient = own.filter((point) => !isCounted(point))
  const lines = again.map((point) => shortLine(point, point.why, look.colours))
  const main = blocks(record, serious, look, room - lines.length - lenient.length, 1)
  const rest = blocks(record, lenient, look, room - lines.length - main.length, serious.length > 0 ? 0 : 1)
  return [...lines, ...rest, ...main]
}

/** Blocks for as many of these as there is room for, and for the first so many in any case. */
function blocks(record: RunRecord, points: readonly Point[], look: Look, room: number, atLeast: number): string[] {
  const lines: string[] = []
  for (const [index, point] of points.entries()) {
    const full = failureBlock(record, point, look.colours)
    const left = room - lines.length - (points.length - index - 1)
    if (index < atLeast || full.length <= left) lines.push(...full)
    else lines.push(shortLine(point, point.result?.failure?.case ?? '', look.colours))
  }
  return lines
}

function shortLine(point: Point, text: string, colours: Colours): string {
  const lenience = point.result && lenienceText(point.result)
  const note = lenience === undefined ? '' : ` ${colours.yellow(`(${oneLine(lenience, 200)})`)}`
  return `${mark(point, colours)} ${oneLine(point.id, 60)}  ${oneLine(text, 200)}${note}`
}

function failureBlock(record: RunRecord, point: Point, colours: Colours): string[] {
  const claim = oneLine(record.claims[point.id] ?? '', 300)
  const head = `${mark(point, colours)} ${colours.bold(oneLine(point.id, 60))}  ${claim}`
  const { result, details } = point
  if (result?.failure === undefined) return [head]
  const { failure } = result
  const lenience = lenienceText(result)
  return [
    head,
    ...(lenience === undefined ? [] : [`    ${colours.yellow(oneLine(lenience, 400))}`]),
    ...(details === undefined ? [] : [`    ${oneLine(sentenceOf(details.page), 400)}`]),
    `    ${colours.green('Expected:')} ${oneLine(failure.expected, 300)}`,
    `      ${colours.red('Actual:')} ${oneLine(failure.actual, 300)}`,
    `    ${confirmed(failure, colours)}; ${colours.dim(sizeOf(failure))}`,
    `    ${colours.cyan(oneLine(details?.replay ?? failure.case, 500))}`,
  ]
}

function isCounted({ result }: Point): boolean {
  return result !== undefined && countsAsFailure(result)
}

function mark(point: Point, colours: Colours): string {
  return isCounted(point) ? colours.red('×') : colours.yellow('~')
}

function confirmed(failure: FailureResult, colours: Colours): string {
  const text = confirmationText(failure.confirmed)
  return failure.confirmed.failed < failure.confirmed.tried ? colours.yellow(text) : text
}

function sizeOf(failure: FailureResult): string {
  const found = failure.casesToFailure === 0 ? 'from an earlier report' : `found at case ${failure.casesToFailure}`
  const size = [
    counted(failure.connections, 'connection'),
    counted(failure.bytes, 'byte'),
    counted(failure.cuts, 'cut'),
  ]
  return `${oneLine(failure.rule, 80)}, ${size.join(', ')}, ${found}, ${counted(failure.shrinks, 'shrink')}`
}
