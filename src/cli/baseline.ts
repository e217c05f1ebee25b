import { readFileSync } from 'node:fs'
import { propertiesOf } from '../../properties/catalogue.ts'
import { type Baseline, parseBaseline } from '../harness/baseline/baseline.ts'
import { today } from '../harness/clock.ts'
import type { Protocol } from '../harness/protocol.ts'
import { UsageError } from './exit.ts'

/** The excuses in a file, as they stand today; they may speak of all properties of this protocol. Throws `UsageError`. */
export function loadBaseline(file: string, protocol: Protocol): Baseline {
  const ids = propertiesOf(protocol).map(({ id }) => id)
  const parsed = parseBaseline(textOf(file), file, today(), ids)
  if (parsed.ok) return parsed.baseline
  throw new UsageError(`baseline ${file}:\n${parsed.mistakes.join('\n')}`)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(`cannot read baseline ${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`)
  }
}
