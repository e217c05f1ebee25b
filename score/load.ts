import { spawn } from 'node:child_process'

/** As many as tornwire and a server have processors where it is run; none of them rests. */
const COUNT = 2

/** Ends also when whoever started it was killed. */
const SPIN = 'const parent = process.ppid; while (process.ppid === parent);'

/** Starts processes that never rest, beside which a right server must raise no alarm either. Returns how to end them. */
export function startLoad(): () => void {
  const busy = Array.from({ length: COUNT }, () => spawn(process.execPath, ['-e', SPIN], { stdio: 'ignore' }))
  return () => {
    for (const each of busy) each.kill('SIGKILL')
  }
}
