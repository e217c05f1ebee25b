import type { RunResult } from '../harness/result.ts'

/** What each exit status means; other programs rely on it. */
export const EXIT = { pass: 0, fail: 1, usage: 2, target: 3, inconclusive: 4, interrupted: 130 } as const

/** The command line, a configuration file or a protocol file is wrong. The message says what, where, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The exit status of a run. */
export function exitStatus({ verdict, interrupted }: Pick<RunResult, 'verdict' | 'interrupted'>): number {
  if (interrupted) return EXIT.interrupted
  return { pass: EXIT.pass, fail: EXIT.fail, error: EXIT.target, inconclusive: EXIT.inconclusive }[verdict]
}
