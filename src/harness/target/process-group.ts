import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

/** Groups that have not been ended: none of them outlives us, also where we are told to stop at once. */
const groups = new Set<number>()
process.on('exit', () => {
  for (const pid of groups) signalGroup(pid, 'SIGKILL')
})

/** Starts a program, or a line for the shell, as the leader of a process group of its own. */
export function startGroup(run: readonly [string, ...string[]] | string): ChildProcess {
  const options: SpawnOptions = { detached: true, stdio: ['ignore', 'pipe', 'pipe'] }
  const [program, args] = typeof run === 'string' ? ['/bin/sh', ['-c', run]] : [run[0], run.slice(1)]
  const child = spawn(program, args, options)
  if (child.pid !== undefined) groups.add(child.pid)
  return child
}

/** Ends what is left of a group. */
export function killGroup(pid: number): void {
  signalGroup(pid, 'SIGKILL')
  groups.delete(pid)
}

/** Sends a signal to all processes of a group, if there is any. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // The whole group is gone already.
  }
}
