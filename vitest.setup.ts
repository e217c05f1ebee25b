import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Tests of the command line and of the servers run the program as a user gets it: built, and built from these sources. */
export default function setup(): void {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', import.meta.url))
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: here, stdio: 'inherit' })
}
