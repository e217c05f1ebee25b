import { oneLine } from '../../harness/escape.ts'
import { confirmationText } from '../../harness/report-page.ts'
import type { PropertyResult } from '../../harness/result.ts'
import { excuseLines, lenienceText } from './lenience-text.ts'
import { type Point, pointsOf, type RunRecord, targetTrouble } from './run-record.ts'

// TAP 14: https://testanything.org/tap-version-14-specification.html
//
// A failure that does not count (a SHOULD, or excused) is `not ok … # TODO`: told, and no failure of the run. An inconclusive
// property is `not ok … # SKIP`: harnesses count it as skipped, and those that look only at the first
// word do not take it for a success.

/** A run as one TAP document, whether it has ended or not. */
export function tapDocument(record: RunRecord): string {
  const points = pointsOf(record)
  return [
    tapHead(record),
    ...points.map((point, index) => tapPoint(point, index + 1, record.seed)),
    tapTail(record),
  ].join('')
}

/** The version line, and what was tried against what. */
export function tapHead(record: RunRecord): string {
  const { tool, target, protocol, seed } = record
  const what = oneLine(`${tool.name} ${tool.version}: ${target}, protocol ${protocol}, seed ${seed}`)
  return `TAP version 14\n# ${what}\n`
}

/** One test point with its diagnostics. */
export function tapPoint(point: Point, number: number, seed: number): string {
  const lenience = point.result?.counts === false ? lenienceText(point.result) : undefined
  const todo = lenience === undefined ? '' : ` # TODO ${described(lenience)}`
  const skipped = point.verdict === 'inconclusive' || point.verdict === 'untried'
  const reason = point.verdict === 'inconclusive' ? `inconclusive: ${point.why}` : point.why
  const directive = skipped ? ` # SKIP ${described(reason)}` : todo
  const line = `${point.verdict === 'pass' ? 'ok' : 'not ok'} ${number} - ${described(point.id)}${directive}\n`
  if (point.result !== undefined) return line + yamlBlock(diagnostics(point.result, point, seed))
  return point.verdict === 'fail' ? line + yamlBlock({ message: point.why, severity: 'fail' }) : line
}

/** What became of the excuses, and the plan, or where the target could not be used, why all ends here. */
export function tapTail(record: RunRecord): string {
  const trouble = targetTrouble(record)
  if (trouble !== undefined) return `Bail out! ${described(trouble)}\n`
  const count = pointsOf(record).length
  const excuses = record.result === undefined ? [] : excuseLines(record.result, 'used', 'expired', 'left')
  const comments = excuses.map((line) => `# ${oneLine(line, 500)}\n`).join('')
  return comments + plan(count)
}

function plan(count: number): string {
  return count === 0 ? '1..0 # SKIP nothing was tried\n' : `1..${count}\n`
}

function diagnostics(result: PropertyResult, point: Point, seed: number): Record<string, unknown> {
  const { failure } = result
  const failed = failure && {
    message: `${failure.rule}: expected ${failure.expected}; got ${failure.actual}`,
    severity: result.counts === false ? 'todo' : 'fail',
    rule: failure.rule,
    ...(result.sameAs === undefined ? {} : { same_as: result.sameAs }),
    expected: failure.expected,
    actual: failure.actual,
    confirmed: confirmationText(failure.confirmed),
    case: failure.case,
    replay: point.details?.replay ?? '',
  }
  const severity = { error: 'error', inconclusive: 'skip' }[point.verdict as string]
  const why = severity && { message: point.why, severity }
  const { level, cases, conversations, cuts, durationMs } = result
  const excuse = result.excuse && { excuse: { ...result.excuse } }
  return {
    ...failed,
    ...why,
    level,
    ...excuse,
    seed,
    cases,
    conversations,
    cuts: { ...cuts },
    duration_ms: Math.round(durationMs),
  }
}

/** YAML whose every text is a double-quoted scalar, which JSON's strings are: nothing in it can end the block. */
function yamlBlock(value: Record<string, unknown>): string {
  const lines = Object.entries(value).map(([key, held]) => `  ${key}: ${scalar(held)}\n`)
  return `  ---\n${lines.join('')}  ...\n`
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(oneLine(value))
  if (typeof value !== 'object') return String(value)
  return `{ ${Object.entries(value ?? {})
    .map(([key, held]) => `${key}: ${scalar(held)}`)
    .join(', ')} }`
}

/** Text as a description or reason: `\` and `#` would begin a directive, `{` at the end a subtest. */
function described(text: string): string {
  const line = oneLine(text, 500).trim()
  return line.replace(/[\\#]/g, '\\$&').replace(/\{$/, '(')
}
