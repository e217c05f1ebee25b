import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

/** Starts a program, or a line for the shell, as the leader of a process group of its own. */
export function startGroup(run: readonly [string, ...string[]] | string): ChildProcess {
  const options: SpawnOptions = { detached: true, stdio: ['ignore', 'pipe', 'pipe'] }
  if (typeof run === 'string') return spawn('/bin/sh', ['-c', run], options)
  const [program, ...args] = run
  return spawn(program, args, options)
}

/** Sends a signal to all processes of a group, if there is any. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // The whole group is gone already.
  }
}
