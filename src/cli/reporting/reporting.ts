import type { Observer, RunResult } from '../../harness/result.ts'
import { jsonReport } from './json.ts'
import { outputFile } from './output-file.ts'
import { progress } from './progress.ts'
import { summary } from './summary.ts'
import { tapReport, tapStream } from './tap.ts'
import { textOut } from './text-out.ts'

export interface ReportingOptions {
  readonly tool: RunResult['tool']
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  readonly env: NodeJS.ProcessEnv
  readonly json?: string | undefined
  readonly junit?: string | undefined
  /** A path, or `-` for stdout; the summary then goes to stderr. */
  readonly tap?: string | undefined
  readonly quiet?: boolean | undefined
}

export interface Reporting {
  readonly observer: Observer
  /** Resolves when all files are as the run left them, with what could not be written, a sentence each. */
  finish(): Promise<readonly string[]>
}

/** All that a run shows and leaves behind, as one observer. */
export async function openReporting(options: ReportingOptions): Promise<Reporting> {
  const { tool, now, env, quiet = false } = options
  const [stdout, stderr] = [textOut(options.stdout), textOut(options.stderr)]
  const warn = (line: string) => stderr.write(`tornwire: warning: ${line}\n`)
  const file = (path: string | undefined) => (path === undefined ? undefined : outputFile(path, warn))
  const streamed = options.tap === '-'
  const [json, junitFile, tap] = [file(options.json), file(options.junit), streamed ? undefined : file(options.tap)]
  // What makes XML takes longer to load than all else together.
  const junit = junitFile && (await import('./junit.ts')).junitReport(junitFile, tool, now, warn)
  const observers = [
    json && jsonReport(json, tool, now),
    tap && tapReport(tap, tool, now),
    streamed ? tapStream(stdout, tool, now) : undefined,
    junit?.observer,
    quiet ? undefined : await progress(stderr, now),
    summary(streamed ? stderr : stdout, tool, now, { quiet, env }),
  ].filter((observer) => observer !== undefined)
  return {
    observer: tellingAll(observers, (error) => warn(`a report could not be made: ${String(error)}`)),
    async finish() {
      await junit?.settled()
      return [json, tap, junitFile].flatMap((one) => one?.problem ?? [])
    },
  }
}

/** One observer for many. What one of them throws reaches neither the run nor the others. */
export function tellingAll(observers: readonly Observer[], failed: (error: unknown) => void): Observer {
  const each = (tell: (observer: Observer) => void) => {
    for (const observer of observers) {
      try {
        tell(observer)
      } catch (error) {
        failed(error)
      }
    }
  }
  return {
    started: (run) => each((observer) => observer.started?.(run)),
    replayed: (replayed) => each((observer) => observer.replayed?.(replayed)),
    propertyStarted: (id, claim) => each((observer) => observer.propertyStarted?.(id, claim)),
    propertyResumed: (id) => each((observer) => observer.propertyResumed?.(id)),
    progress: (news) => each((observer) => observer.progress?.(news)),
    propertyEnded: (result, details) => each((observer) => observer.propertyEnded?.(result, details)),
    ended: (result) => each((observer) => observer.ended?.(result)),
  }
}
