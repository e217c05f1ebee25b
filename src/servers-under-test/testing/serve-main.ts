// A process that serves what its arguments say: NAME and the options of `serve` as JSON.

import { ListenError } from '../listen-error.ts'
import { type ServeOptions, serve } from '../serve.ts'

const [name = '', options = '{}'] = process.argv.slice(2)
try {
  await serve(name, JSON.parse(options) as ServeOptions)
} catch (error) {
  if (!(error instanceof ListenError)) throw error
  console.error(error.message)
  process.exitCode = 3
}
