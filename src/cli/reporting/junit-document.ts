import { create } from 'xmlbuilder2'
import { manyLines, oneLine } from '../../harness/escape.ts'
import { confirmationText } from '../../harness/report-page.ts'
import type { FailureResult, PropertyResult } from '../../harness/result.ts'
import { excuseLines, lenienceText } from './lenience-text.ts'
import { type Point, pointsOf, type RunRecord, targetTrouble } from './run-record.ts'
import type { ConvertedCase } from './tap-junit.ts'

type Xml = Record<string, unknown>

/**
 * The JUnit XML of a run. `converted` are the test cases as tap-junit made them of the run's TAP: it decides which there
 * are and what they came to; here they get what TAP has no place for. Only what Jenkins' xunit plug-in accepts is used.
 */
export function junitDocument(record: RunRecord, converted: readonly ConvertedCase[]): string {
  const points = pointsOf(record)
  const className = oneLine(`${record.target}.${record.protocol}`, 200)
  const cases = converted.map(({ number, outcome }) => testCase(points[number - 1]!, outcome, className))
  const whole = wholeRun(record, points, className)
  const all = whole === undefined ? cases : [...cases, whole]
  const having = (name: string) => all.filter((one) => name in one).length
  const counts = { '@tests': all.length, '@failures': having('failure'), '@errors': having('error') }
  const time = seconds(record.result?.durationMs ?? record.elapsedMs)
  const suite = {
    '@name': oneLine(`${record.target} ${record.protocol}`, 200),
    ...counts,
    '@skipped': having('skipped'),
    '@time': time,
    '@timestamp': new Date(record.startedAt).toISOString().replace(/\.\d+Z$/, ''),
    properties: { property: properties(record) },
    testcase: all,
  }
  const root = { testsuites: { '@name': 'tornwire', ...counts, '@time': time, testsuite: suite } }
  const text = create({ version: '1.0', encoding: 'UTF-8' }, withoutEntities(root) as Xml).end({ prettyPrint: true })
  return `${text}\n`
}

/**
 * xmlbuilder2 takes entities in a text for what they stand for, and passes on whatever still looks like one, `&g;` too. In a
 * text that is shown there are none: its ampersands survive the one as the entity that survives the other.
 */
function withoutEntities(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('&', '&amp;amp;')
  if (Array.isArray(value)) return value.map(withoutEntities)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutEntities(inner)]))
}

/** The cases of a run without tap-junit: what it would have made of the TAP. */
export function casesOf(record: RunRecord): ConvertedCase[] {
  return pointsOf(record).map(({ id, verdict }, index) => {
    const outcome = verdict === 'pass' ? 'passed' : verdict === 'fail' || verdict === 'error' ? 'failure' : 'skipped'
    return { number: index + 1, name: id, outcome }
  })
}

/** A case for the run itself, where no property can tell that it was no success. */
function wholeRun(record: RunRecord, points: readonly Point[], className: string): Xml | undefined {
  const head = { '@name': 'the run itself', '@classname': className, '@time': '0.000' }
  const trouble = targetTrouble(record)
  if (trouble !== undefined) return { ...head, error: { '@type': 'target', '@message': oneLine(trouble) } }
  if (points.length > 0) return undefined
  const why = record.result?.why ?? 'nothing was tried'
  return { ...head, skipped: { '@message': oneLine(why) } }
}

function testCase(point: Point, outcome: ConvertedCase['outcome'], className: string): Xml {
  const { result } = point
  const head = { '@name': oneLine(point.id, 200), '@classname': className, '@time': seconds(result?.durationMs ?? 0) }
  const out = result === undefined ? {} : { 'system-out': systemOut(result, point) }
  if (outcome === 'passed') return { ...head, ...out }
  if (outcome === 'skipped') {
    const why = point.verdict === 'inconclusive' ? `inconclusive: ${point.why}` : point.why
    return { ...head, skipped: { '@message': oneLine(why) }, ...out }
  }
  const failure = result?.failure
  if (result === undefined && point.verdict === 'fail') {
    return { ...head, failure: { '@type': 'excuse-not-needed', '@message': oneLine(point.why) } }
  }
  if (point.verdict === 'error' || failure === undefined) {
    return { ...head, error: { '@type': 'error', '@message': oneLine(point.why || 'no verdict was reached') }, ...out }
  }
  // tap-junit makes a failure of TAP's TODO, by which Jenkins and GitLab would fail the build. A skip is shown, and does not.
  return { ...head, [result?.counts === false ? 'skipped' : 'failure']: failureOf(failure, point), ...out }
}

function failureOf(failure: FailureResult, point: Point): Xml {
  const expected = oneLine(failure.expected)
  const actual = oneLine(failure.actual)
  const size = `connections ${failure.connections}, frames ${failure.frames}, cuts ${failure.cuts}, bytes ${failure.bytes}`
  const lenience = point.result && lenienceText(point.result)
  const text = [
    ...(lenience === undefined ? [] : [lenience]),
    `Expected: ${expected}`,
    `  Actual: ${actual}`,
    ...(point.result?.sameAs === undefined ? [] : [`Same failure as: ${point.result.sameAs}`]),
    `Confirmed: ${confirmationText(failure.confirmed)}`,
    `Case: ${failure.case} (${size})`,
    ...(point.details === undefined ? [] : [`Replay: ${point.details.replay}`]),
  ].join('\n')
  return {
    '@type': oneLine(failure.rule, 200),
    '@message': `${lenience === undefined ? '' : `${oneLine(lenience)}; `}expected ${expected}; got ${actual}`,
    '#': manyLines(text),
  }
}

function systemOut(result: PropertyResult, point: Point): string {
  const { requested, proven } = result.cuts
  const tried = `${result.cases} cases, ${result.conversations} conversations, ${proven} of ${requested} cuts proven`
  return manyLines(point.details === undefined ? tried : `${tried}\n\n${point.details.page}`)
}

function properties(record: RunRecord): Xml[] {
  const { tool, target, protocol, seed, barrier, result, results } = record
  const sum = (key: 'requested' | 'proven') => results.reduce((total, { cuts }) => total + cuts[key], 0)
  const values: [string, string | number][] = [
    ['tool', `${tool.name} ${tool.version}`],
    ['target', target],
    ['protocol', protocol],
    ['seed', seed],
    ['barrier', barrier],
    ['cuts.requested', sum('requested')],
    ['cuts.proven', sum('proven')],
    ['verdict', result?.verdict ?? 'the run has not ended'],
    ...(result?.interrupted ? [['interrupted', 'true'] as [string, string]] : []),
    ...numbered('warning', result?.warnings ?? []),
    ...numbered('excuse', result === undefined ? [] : excuseLines(result, 'used', 'unneeded', 'expired', 'left')),
  ]
  return values.map(([name, value]) => ({ '@name': name, '@value': oneLine(String(value)) }))
}

function numbered(name: string, lines: readonly string[]): [string, string][] {
  return lines.map((line, index) => [`${name}.${index + 1}`, line])
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(3)
}
