import { join } from 'node:path'
import { propertiesOf } from '../../properties/catalogue.ts'
import { sanity } from '../../properties/sanity.ts'
import { campaign } from '../harness/campaign.ts'
import { freshSeed } from '../harness/chance.ts'
import { wallClock } from '../harness/clock.ts'
import type { Property } from '../harness/property.ts'
import type { Protocol } from '../harness/protocol.ts'
import { replayCommand, reportPage } from '../harness/report-page.ts'
import { loadBaseline } from './baseline.ts'
import { exitStatus, UsageError } from './exit.ts'
import { onInterrupt } from './interrupt.ts'
import { loadProtocol, withIdleTime } from './protocol.ts'
import { checkWritable } from './reporting/output-file.ts'
import { openReporting } from './reporting/reporting.ts'
import { serveInto } from './served-dir.ts'
import { openTarget } from './target.ts'
import { checkTimeForIdle } from './time-for-idle.ts'
import { tool } from './tool.ts'

export interface FuzzOptions {
  readonly protocol: string
  readonly property: readonly string[]
  readonly runs: number
  /** Milliseconds. */
  readonly time: number
  /** The idle time of the server, in milliseconds. */
  readonly idle?: number
  readonly seed?: number
  readonly concurrency: number
  readonly json?: string
  readonly junit?: string
  readonly tap?: string
  readonly reportDir: string
  readonly quiet?: boolean
  readonly strict?: boolean
  readonly baseline?: string
  readonly exec?: string
  readonly pid?: number
  readonly allowHost: readonly string[]
}

/** `tornwire fuzz`. Resolves to the exit status. Throws `UsageError`. */
export async function fuzz(targetName: string, options: FuzzOptions): Promise<number> {
  const { protocol: spoken, file } = await loadProtocol(options.protocol)
  const protocol = withIdleTime(spoken, options.idle)
  const properties = chooseProperties(protocol, options.property)
  checkTimeForIdle(protocol, properties, options.time)
  const baseline = options.baseline === undefined ? undefined : loadBaseline(options.baseline, protocol)
  checkOutputs(options)
  const { transport, idleMs } = protocol
  const target = await openTarget(targetName, { ...options, transport, idleMs })
  const removeServed = serveInto(targetName, protocol)
  const reporting = await openReporting({
    tool,
    now: wallClock,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    json: options.json,
    junit: options.junit,
    tap: options.tap,
    quiet: options.quiet,
  })
  const interrupt = onInterrupt(() =>
    process.stderr.write('\ntornwire: interrupted; writing what was found (again: stop at once)\n'),
  )
  try {
    const result = await campaign({
      tool,
      target,
      protocol,
      ...(file === undefined ? {} : { protocolFile: file }),
      properties,
      sanity,
      seed: options.seed ?? freshSeed(),
      runs: options.runs,
      timeMs: options.time,
      concurrency: options.concurrency,
      strict: options.strict === true,
      ...(baseline && { baseline }),
      reportDir: options.reportDir,
      interrupted: interrupt.signal,
      observer: reporting.observer,
      details: (report, path) => ({ replay: replayCommand(path), page: reportPage(report, path) }),
    })
    return exitStatus(result)
  } finally {
    interrupt.dispose()
    removeServed()
    await reporting.finish()
  }
}

/** The properties of this protocol that the patterns choose, all of them without a pattern. Throws `UsageError`. */
function chooseProperties(protocol: Protocol, patterns: readonly string[]): readonly Property[] {
  const all = propertiesOf(protocol)
  if (patterns.length === 0) return all
  for (const pattern of patterns) {
    const chosen = all.filter(({ id }) => matches(id, pattern))
    if (chosen.length === 0) {
      throw new UsageError(
        `no property '${pattern}' for protocol ${protocol.name}; there are: ${all.map(({ id }) => id).join(', ')}`,
      )
    }
    const excluded = chosen.map((property) => property.notFor?.(protocol)).find((why) => why !== undefined)
    if (excluded !== undefined && chosen.length === 1)
      throw new UsageError(`property ${pattern} cannot be tried: ${excluded}`)
  }
  return all.filter(({ id }) => patterns.some((pattern) => matches(id, pattern)))
}

function matches(id: string, pattern: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('.*')}$`).test(id)
}

function checkOutputs({ json, junit, tap, reportDir }: FuzzOptions): void {
  const files = [json, junit, tap === '-' ? undefined : tap, join(reportDir, '.writable')].filter(
    (path) => path !== undefined,
  )
  for (const path of files) {
    const problem = checkWritable(path)
    if (problem !== undefined) throw new UsageError(problem)
  }
}
