import { propertiesOf } from '../../properties/catalogue.ts'
import { sanity } from '../../properties/sanity.ts'
import { describeCase } from '../harness/describe-case.ts'
import { oneLine } from '../harness/escape.ts'
import { replayReport } from '../harness/replay.ts'
import type { Report } from '../harness/report.ts'
import { readReport } from '../harness/report-file.ts'
import type { Confirmation } from '../harness/result.ts'
import { TargetError } from '../harness/target/target.ts'
import { EXIT, UsageError } from './exit.ts'
import { onInterrupt } from './interrupt.ts'
import { loadProtocol } from './protocol.ts'
import { serveInto } from './served-dir.ts'
import { openTarget } from './target.ts'

export interface ReplayOptions {
  readonly target?: string
  readonly protocol?: string
  readonly exec?: string
  readonly pid?: number
  readonly allowHost: readonly string[]
}

/** `tornwire replay`. Resolves to the exit status, the worst of all reports'. Throws `UsageError`, `ReportError`. */
export async function replay(paths: readonly string[], options: ReplayOptions): Promise<number> {
  const reports = paths.map((path) => ({ path, report: readReport(path) }))
  const statuses: number[] = []
  const interrupt = onInterrupt(() => {})
  try {
    for (const { path, report } of reports) {
      if (!interrupt.signal.aborted) statuses.push(await replayOne(path, report, options, interrupt.signal))
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
): Promise<number> {
  const { protocol } = await loadProtocol(options.protocol ?? report.protocolFile ?? report.protocol)
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
    exec: options.exec,
    pid: options.pid,
    allowHost: options.allowHost,
  })
  const removeServed = serveInto(targetName, protocol)
  const say = (text: string): void => void process.stdout.write(`${text}\n`)
  say(`${path}\n  ${describeCase(report.case)}\n  against ${target.name}, protocol ${protocol.name}, ${property.id}`)
  try {
    const replayed = await replayReport({ report, property, protocol, target, sanity, interrupted })
    say(`  ${outcomeText(replayed.confirmation, replayed.otherwise !== undefined)}`)
    const failure = replayed.failing?.failure ?? replayed.otherwise
    if (failure !== undefined) say(`  Expected: ${oneLine(failure.expected)}\n    Actual: ${oneLine(failure.actual)}`)
    return failure !== undefined ? EXIT.fail : replayed.confirmation.tried === 0 ? EXIT.inconclusive : EXIT.pass
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    process.stderr.write(`tornwire: ${error.message}\n`)
    return EXIT.target
  } finally {
    await target.stop()
    removeServed()
  }
}

function outcomeText({ failed, tried }: Confirmation, otherwise: boolean): string {
  if (failed > 0)
    return `STILL FAILING: by the same rule in ${failed} of ${tried} plays${failed < tried ? ' (flaky)' : ''}`
  if (otherwise) return `FAILS OTHERWISE: not by the rule that it was reported for (${tried} plays)`
  if (tried === 0) return 'INCONCLUSIVE: the server accepts no connections any more'
  return `FIXED: it passed in ${tried} of ${tried} plays`
}
