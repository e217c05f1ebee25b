import type { Protocol } from '../../src/harness/protocol.ts'
import { collectorIn } from './collector.ts'
import { echo } from './echo.ts'
import { filesIn } from './files.ts'
import { frame } from './frame.ts'
import { lines } from './lines.ts'
import { udpEcho } from './udp-echo.ts'
import { upper } from './upper.ts'

/** The protocols that `--protocol NAME` knows. */
export const builtInProtocols: readonly Protocol[] = protocolsIn()

/** The same, for servers that keep their files in `dir`; without it, where TORNWIRE_DIR says. */
export function protocolsIn(dir?: string): readonly Protocol[] {
  return [frame, echo, lines, upper, collectorIn(dir), filesIn(dir), udpEcho] as readonly Protocol[]
}
