// What `npm run demo` shows: a correct server that passes, and a broken one whose bug is found, shrunk and played again.
// The same commands work against any server; see README.md.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))

/** Runs tornwire as a user would and gives its exit status. */
function tornwire(...args) {
  console.log(`\n$ npx tornwire ${args.join(' ')}\n`)
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: ['inherit', 'inherit', 'ignore'] })
  console.log(`(exit status ${status})`)
  return status
}

console.log('A reference server, right to the letter:')
const right = tornwire('fuzz', 'builtin:evented', '--runs', '100')

console.log('\nThe same protocol, on a server that forgets a length field torn by the end of a read:')
const broken = tornwire(
  'fuzz',
  'builtin:broken/split-header',
  '--runs',
  '100',
  '--property',
  'any/answers',
  '--report-dir',
  'reports/demo',
)

console.log('\nThe report beside it (.md) shows the shrunk case with its cut, and the transcript, one event a line.')
process.exitCode = right === 0 && broken === 1 ? 0 : 1
