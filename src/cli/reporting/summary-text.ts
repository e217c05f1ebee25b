import { countsAsFailure } from '../../harness/baseline/weigh.ts'
import { counted } from '../../harness/counted.ts'
import { manyLines, oneLine } from '../../harness/escape.ts'
import type { RunResult } from '../../harness/result.ts'
import type { Colours } from './colours.ts'
import { failureLines } from './failure-text.ts'
import { durationText, provenText, rateText } from './figures.ts'
import { excuseLines } from './lenience-text.ts'
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
  const failed = points.filter((point) => point.verdict === 'fail' && point.result !== undefined)
  const others = points.filter((point) => point.verdict !== 'pass' && point.verdict !== 'fail')
  const fixed = [
    ...(look.quiet ? [] : [heading(record, look.colours)]),
    ...record.replayed.map((again) => replayedLine(again, look.colours)),
    ...others.map((point) => otherLine(point, look.colours)),
    ...result.warnings.map((warning) => look.colours.yellow(`! ${oneLine(warning, 300)}`)),
    ...excuseLines(result, 'left').map((line) => `${look.colours.dim('-')} ${oneLine(line, 300)}`),
    ...excuseLines(result, 'unneeded').map((line) => `${look.colours.red('×')} ${oneLine(line, 300)}`),
  ]
  const last = verdictLine(result, points, look.colours)
  const blocks = failureLines(record, failed, look, look.rows - fixed.length - 4)
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

function verdictLine(result: RunResult, points: readonly Point[], colours: Colours): string {
  const parts = tally(points)
  const paint = { pass: colours.green, fail: colours.red, error: colours.red, inconclusive: colours.yellow }[
    result.verdict
  ]
  const tried = parts.length === 0 ? 'nothing was tried' : parts.join(', ')
  const isTold = result.why === undefined || points.some((point) => point.why === result.why)
  const why = isTold ? '' : `: ${manyLines(result.why ?? '', 2_000)}`
  const stopped = result.interrupted ? ', interrupted' : ''
  return `${paint(colours.bold(result.verdict.toUpperCase()))} ${tried} in ${durationText(result.durationMs)}${stopped}${why}`
}

/** How many came to what, in words: failures first. */
function tally(points: readonly Point[]): string[] {
  const many = (word: string, kind: (point: Point) => boolean) => {
    const count = points.filter(kind).length
    return count === 0 ? [] : [`${count} ${word}`]
  }
  const isExcused = ({ result }: Point): boolean => result?.excuse?.expired === false
  return [
    ...many('failed', ({ result }) => result !== undefined && countsAsFailure(result)),
    ...many('with an error', ({ verdict }) => verdict === 'error'),
    ...many('inconclusive', ({ verdict }) => verdict === 'inconclusive'),
    ...many('not tried', ({ verdict }) => verdict === 'untried'),
    ...many('failed SHOULD', (point) => point.result?.counts === false && !isExcused(point)),
    ...many('excused', isExcused),
    ...many('excused needlessly', ({ verdict, result }) => verdict === 'fail' && result === undefined),
    ...many('passed', ({ verdict }) => verdict === 'pass'),
  ]
}
