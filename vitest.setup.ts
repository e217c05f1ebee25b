import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Tests of the command line and of the servers run the program as a user gets it: built, and built from these sources. */
export default function setup(): void {
  // `npm test` has built them before the types are checked.
  if (process.env.npm_lifecycle_event === 'test') return
  const here = fileURLToPath(new URL('.', import.meta.url))
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: here, stdio: 'inherit' })
}
