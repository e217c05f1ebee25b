import * as z from 'zod'
import { baselineSchema } from '../../harness/baseline/schema.ts'
import { reportSchema } from '../../harness/report-schema.ts'
import { resultSchema } from './result-schema.ts'

/** The files of `schema/`, by name, as they follow from the schemas that tornwire itself reads and writes with. */
export function publishedSchemas(): Readonly<Record<string, string>> {
  return {
    'result.schema.json': schemaText(resultSchema),
    'report.schema.json': schemaText(reportSchema),
    'baseline.schema.json': schemaText(baselineSchema),
  }
}

function schemaText(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`
}
