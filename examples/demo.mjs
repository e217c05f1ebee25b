// What `npm run demo` shows: a correct server that passes, and a broken one whose bug is found, shrunk and played again.
// The same commands work against any server; see README.md.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))
const reports = 'reports/demo'

/** Runs tornwire as a user would and gives its exit status. */
function tornwire(...args) {
  console.log(`\n$ npx tornwire ${args.join(' ')}`)
  // Progress goes to the standard error; what is found, to the standard output.
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: ['inherit', 'inherit', 'ignore'] })
  console.log(`(exit status ${status})`)
  return status
}

/** The only report that was written, without its extension. */
function reportWritten() {
  const [name] = readdirSync(reports, { recursive: true }).filter((path) => path.endsWith('.json'))
  return join(reports, name.replace(/\.json$/, ''))
}

rmSync(reports, { recursive: true, force: true })
const budget = ['--runs', '100', '--seed', '1', '--report-dir', reports]

console.log('A reference server, right to the letter:')
const right = tornwire('fuzz', 'builtin:evented', ...budget)

console.log('\nThe same protocol from a server that forgets a length field which the end of a read tears:')
const broken = tornwire('fuzz', 'builtin:broken/split-header', '--property', 'any/answers', ...budget)

const report = reportWritten()
console.log(`\nThe counterexample, from ${report}.md:\n`)
console.log(readFileSync(`${report}.md`, 'utf8').replace(/^.*?(?=## The case)/s, ''))

console.log('The same case again, by its file:')
const again = tornwire('replay', `${report}.json`)

process.exitCode = right === 0 && broken === 1 && again === 1 ? 0 : 1
