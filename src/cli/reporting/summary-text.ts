import { counted } from '../../harness/counted.ts'
import { manyLines, oneLine } from '../../harness/escape.ts'
import { confirmationText, sentenceOf } from '../../harness/report-page.ts'
import type { FailureResult, RunResult } from '../../harness/result.ts'
import type { Colours } from './colours.ts'
import { durationText, provenText, rateText } from './figures.ts'
import { type Point, pointsOf, type RunRecord } from './run-record.ts'

export interface Look {
  readonly colours: Colours
  /** Lines of the screen: passes are summed up, and later failures shortened, to stay within. */
  readonly rows: number
  /** Only what did not pass, and the verdict. */
  readonly quiet: boolean
}

/** What a run came to, for a terminal: passes first, failures and the verdict last, where the eye is. */
export function summaryText(record: RunRecord, result: RunResult, look: Look): string {
  const points = pointsOf(record)
  const passed = points.filter((point) => point.verdict === 'pass')
  const failed = points.filter((point) => point.verdict === 'fail')
  const others = points.filter((point) => point.verdict !== 'pass' && point.verdict !== 'fail')
  const fixed = [
    ...(look.quiet ? [] : [heading(record, look.colours)]),
    ...record.replayed.map((again) => replayedLine(again, look.colours)),
    ...others.map((point) => otherLine(point, look.colours)),
    ...result.warnings.map((warning) => look.colours.yellow(`! ${oneLine(warning, 300)}`)),
  ]
  const last = verdictLine(result, points, look.colours)
  const blocks = failures(record, failed, look, look.rows - fixed.length - 4)
  const room = look.rows - fixed.length - blocks.length - 3
  const passes = look.quiet ? [] : passLines(passed, look.colours, room)
  const [head, ...rest] = look.quiet ? ['', ...fixed] : fixed
  return `${[...(head ? [head] : []), ...passes, ...rest, ...blocks, last].join('\n')}\n`
}

function heading(record: RunRecord, colours: Colours): string {
  const { tool, target, protocol, seed, barrier } = record
  const cuts = barrier === '' ? '' : `, barrier ${barrier}`
  return colours.bold(
    oneLine(`${tool.name} ${tool.version}: ${target}, protocol ${protocol}, seed ${seed}${cuts}`, 300),
  )
}

function passLines(passed: readonly Point[], colours: Colours, room: number): string[] {
  const tick = colours.green('✓')
  const width = Math.max(0, ...passed.map(({ id }) => oneLine(id, 60).length))
  if (passed.length <= Math.max(room, 1)) {
    return passed.map((point) => `${tick} ${oneLine(point.id, 60).padEnd(width)}  ${colours.dim(figures([point]))}`)
  }
  return [`${tick} ${passed.length} properties passed  ${colours.dim(figures(passed))}`]
}

function figures(points: readonly Point[]): string {
  const sum = (of: (point: Point) => number) => points.reduce((total, point) => total + of(point), 0)
  const cases = sum(({ result }) => result?.cases ?? 0)
  const requested = sum(({ result }) => result?.cuts.requested ?? 0)
  const proven = sum(({ result }) => result?.cuts.proven ?? 0)
  const ms = sum(({ result }) => result?.durationMs ?? 0)
  return `${counted(cases, 'case')}, ${provenText({ requested, proven })}, ${rateText((1000 * cases) / ms)}`
}

function otherLine(point: Point, colours: Colours): string {
  const mark =
    { inconclusive: colours.yellow('?'), error: colours.red('!') }[point.verdict as string] ?? colours.dim('-')
  const word = point.verdict === 'untried' ? '' : `${point.verdict}: `
  return `${mark} ${oneLine(point.id, 60)}  ${word}${oneLine(point.why, 300)}`
}

const REPLAYED = {
  fixed: 'FIXED',
  'still-failing': 'STILL FAILING',
  'fails-otherwise': 'FAILS OTHERWISE',
  inconclusive: 'INCONCLUSIVE',
} as const

function replayedLine(again: RunRecord['replayed'][number], colours: Colours): string {
  const paint =
    again.outcome === 'fixed' ? colours.green : again.outcome === 'inconclusive' ? colours.yellow : colours.red
  return `${paint(REPLAYED[again.outcome])} ${oneLine(again.path, 300)} ${colours.dim(oneLine(again.rule, 80))}`
}

/** As many failures in full as there is room for, at least one; the others on a line each. */
function failures(record: RunRecord, failed: readonly Point[], look: Look, room: number): string[] {
  const again = failed.filter(({ result }) => result?.sameAs !== undefined)
  const lines = again.map(({ id, why }) => `${look.colours.red('×')} ${oneLine(id, 60)}  ${oneLine(why, 200)}`)
  for (const [index, point] of failed.filter((one) => !again.includes(one)).entries()) {
    const full = failureBlock(record, point, look.colours)
    const left = room - lines.length - (failed.length - again.length - index - 1)
    if (index === 0 || full.length <= left) lines.push(...full)
    else
      lines.push(
        `${look.colours.red('×')} ${oneLine(point.id, 60)}  ${oneLine(point.result?.failure?.case ?? '', 200)}`,
      )
  }
  return lines
}

function failureBlock(record: RunRecord, point: Point, colours: Colours): string[] {
  const head = `${colours.red('×')} ${colours.bold(oneLine(point.id, 60))}  ${oneLine(record.claims[point.id] ?? '', 300)}`
  const { result, details } = point
  if (result?.failure === undefined) return [head]
  const { failure } = result
  return [
    head,
    ...(details === undefined ? [] : [`    ${oneLine(sentenceOf(details.page), 400)}`]),
    `    ${colours.green('Expected:')} ${oneLine(failure.expected, 300)}`,
    `      ${colours.red('Actual:')} ${oneLine(failure.actual, 300)}`,
    `    ${confirmed(failure, colours)}; ${colours.dim(sizeOf(failure))}`,
    `    ${colours.cyan(oneLine(details?.replay ?? failure.case, 500))}`,
  ]
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

function verdictLine(result: RunResult, points: readonly Point[], colours: Colours): string {
  const many = (verdict: Point['verdict'], word: string) => {
    const count = points.filter((point) => point.verdict === verdict).length
    return count === 0 ? [] : [`${count} ${word}`]
  }
  const parts = [
    ...many('fail', 'failed'),
    ...many('error', 'with an error'),
    ...many('inconclusive', 'inconclusive'),
    ...many('untried', 'not tried'),
    ...many('pass', 'passed'),
  ]
  const paint = { pass: colours.green, fail: colours.red, error: colours.red, inconclusive: colours.yellow }[
    result.verdict
  ]
  const tried = parts.length === 0 ? 'nothing was tried' : parts.join(', ')
  const isTold = result.why === undefined || points.some((point) => point.why === result.why)
  const why = isTold ? '' : `: ${manyLines(result.why ?? '', 2_000)}`
  const stopped = result.interrupted ? ', interrupted' : ''
  return `${paint(colours.bold(result.verdict.toUpperCase()))} ${tried} in ${durationText(result.durationMs)}${stopped}${why}`
}
