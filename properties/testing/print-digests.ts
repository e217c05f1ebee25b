// A process that makes cases and prints their digests as JSON. Usage: print-digests.ts SEED COUNT

import { caseDigests } from './case-digests.ts'

const [seed, count] = process.argv.slice(2).map(Number)
process.stdout.write(JSON.stringify(caseDigests(seed as number, count as number)))
