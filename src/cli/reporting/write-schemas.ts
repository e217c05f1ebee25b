// Run by hand after a change of the schemas: npx jiti src/cli/reporting/write-schemas.ts

import { fileURLToPath } from 'node:url'
import { writeAtomically } from '../../harness/atomic-file.ts'
import { publishedSchemas } from './published-schemas.ts'

for (const [name, text] of Object.entries(publishedSchemas())) {
  writeAtomically(fileURLToPath(new URL(`../../../schema/${name}`, import.meta.url)), text)
}
