import type { Protocol } from '../../src/harness/protocol.ts'
import { echo } from './echo.ts'
import { frame } from './frame.ts'
import { lines } from './lines.ts'
import { upper } from './upper.ts'

/** The protocols that `--protocol NAME` knows. */
export const builtInProtocols: readonly Protocol[] = [frame, echo, lines, upper]
