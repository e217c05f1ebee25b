import { propertiesOf } from '../../properties/catalogue.ts'
import { sanity } from '../../properties/sanity.ts'
import { describeCase } from '../harness/describe-case.ts'
import { manyLines, oneLine } from '../harness/escape.ts'
import type { Confirmed } from '../harness/hunt/confirm.ts'
import { replayReport } from '../harness/replay.ts'
import type { Report } from '../harness/report.ts'
import { readReport } from '../harness/report-file.ts'
import { TargetError } from '../harness/target/target.ts'
import { EXIT, UsageError } from './exit.ts'
import { onInterrupt } from './interrupt.ts'
import { loadProtocol, withIdleTime } from './protocol.ts'
import { type TextOut, textOut } from './reporting/text-out.ts'
import { serveInto } from './served-dir.ts'
import { openTarget } from './target.ts'

export interface ReplayOptions {
  readonly target?: string
  readonly protocol?: string
  readonly exec?: string
  readonly pid?: number
  readonly allowHost: readonly string[]
}

/**
 * `tornwire replay`: each report is judged by the idle time that was stated when it was written. Resolves to the exit status,
 * the worst of all reports'. Throws `UsageError`, `ReportError`.
 */
export async function replay(paths: readonly string[], options: ReplayOptions): Promise<number> {
  const reports = paths.map((path) => ({ path, report: readReport(path) }))
  const statuses: number[] = []
  // Whoever reads may have enough of it (`tornwire replay … | head -1`).
  const out = textOut(process.stdout)
  const interrupt = onInterrupt(() => {})
  try {
    for (const { path, report } of reports) {
      if (!interrupt.signal.aborted) statuses.push(await replayOne(path, report, options, interrupt.signal, out))
    }
  } finally {
    interrupt.dispose()
  }
  if (interrupt.signal.aborted) return EXIT.interrupted
  const worst = [EXIT.fail, EXIT.target, EXIT.inconclusive].find((status) => statuses.includes(status))
  return worst ?? EXIT.pass
}

async function replayOne(
  path: string,
  report: Report,
  options: ReplayOptions,
  interrupted: AbortSignal,
  out: TextOut,
): Promise<number> {
  const { protocol: spoken } = await loadProtocol(options.protocol ?? report.protocolFile ?? report.protocol)
  const protocol = withIdleTime(spoken, report.idleMs)
  const property = propertiesOf(protocol).find(({ id }) => id === report.property)
  if (property === undefined) {
    throw new UsageError(
      `${path}: protocol ${protocol.name} has no property ${report.property} (tornwire list properties --protocol ${protocol.name})`,
    )
  }
  const targetName = options.target ?? report.target
  const target = await openTarget(targetName, {
    protocol: protocol.name,
    transport: protocol.transport,
    idleMs: protocol.idleMs,
    exec: options.exec,
    pid: options.pid,
    allowHost: options.allowHost,
  })
  const removeServed = serveInto(targetName, protocol)
  const say = (text: string): void => out.write(`${text}\n`)
  const against = oneLine(`against ${target.name}, protocol ${protocol.name}, ${property.id}`)
  say(`${path}\n  ${describeCase(report.case)}\n  ${against}`)
  try {
    const replayed = await replayReport({ report, property, protocol, target, sanity, interrupted })
    say(`  ${outcomeText(replayed, interrupted.aborted)}`)
    const { failure } = replayed.failing ?? replayed.otherwise ?? {}
    if (failure !== undefined) say(`  Expected: ${oneLine(failure.expected)}\n    Actual: ${oneLine(failure.actual)}`)
    return failure !== undefined ? EXIT.fail : replayed.confirmation.tried === 0 ? EXIT.inconclusive : EXIT.pass
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    process.stderr.write(`tornwire: ${manyLines(error.message)}\n`)
    return EXIT.target
  } finally {
    await target.stop()
    removeServed()
  }
}

function outcomeText({ confirmation, otherwise, unjudged }: Confirmed, isInterrupted: boolean): string {
  const { failed, tried } = confirmation
  if (failed > 0)
    return `STILL FAILING: by the same rule in ${failed} of ${tried} plays${failed < tried ? ' (flaky)' : ''}`
  if (otherwise !== undefined) return `FAILS OTHERWISE: not by the rule that it was reported for (${tried} plays)`
  if (isInterrupted) return `INTERRUPTED: it passed in ${tried} plays`
  if (unjudged !== undefined) return `INCONCLUSIVE: ${oneLine(unjudged)}`
  return `FIXED: it passed in ${tried} of ${tried} plays`
}
