import { z } from 'zod'
import { fields } from '../definition/fields.ts'

const someText = z.string({ error: 'must be some text' }).regex(/\S/, 'must be some text')

/** The file of `--baseline`. */
export const baselineSchema = fields({
  $schema: z.exactOptional(z.string({ error: 'must be the address of a schema' })),
  excuses: z.array(
    fields({
      property: someText.meta({ description: 'The id of a property, such as any/half-close.' }),
      rule: z.exactOptional(someText).meta({ description: 'The rule that is broken; any without it.' }),
      reason: someText,
      expires: z.iso
        .date({ error: 'must be a day that there is, such as 2027-01-31' })
        .meta({ description: 'The last day (UTC) on which it excuses.' }),
    }),
    { error: 'must be a list of excuses, { property, rule, reason, expires }' },
  ),
}).meta({ title: 'tornwire baseline', description: 'Failures that are known and excused for a while.' })

export type BaselineFile = z.infer<typeof baselineSchema>
