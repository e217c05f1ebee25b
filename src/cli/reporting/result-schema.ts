import * as z from 'zod'

const count = z.int().min(0)
const milliseconds = z.number().min(0)
const verdict = z.enum(['pass', 'fail', 'inconclusive', 'error'])
const cuts = z.strictObject({ requested: count, proven: count })

const failure = z.strictObject({
  rule: z.string(),
  expected: z.string(),
  actual: z.string(),
  case: z.string().meta({ description: 'Path of the report, relative to the working directory.' }),
  casesToFailure: count.meta({ description: '0 when an earlier report failed again.' }),
  shrinks: count,
  connections: count,
  frames: count,
  cuts: count,
  bytes: count,
  confirmed: z.strictObject({ failed: count, tried: count }).meta({
    description: 'How often the case failed again, alone and with full deadlines. Fewer than tried is flaky.',
  }),
})

const property = z.strictObject({
  id: z.string(),
  verdict,
  why: z.exactOptional(z.string()),
  cases: count,
  conversations: count,
  cuts,
  durationMs: milliseconds,
  failure: z.exactOptional(failure),
  sameAs: z.exactOptional(z.string()),
})

/** The file of `--json`: a `RunResult`, key for key. */
export const resultSchema = z
  .strictObject({
    tool: z.strictObject({ name: z.string(), version: z.string() }),
    target: z.string(),
    protocol: z.string(),
    seed: z.int(),
    verdict,
    why: z.exactOptional(z.string()),
    interrupted: z.exactOptional(z.boolean()),
    durationMs: milliseconds,
    warnings: z.array(z.string()),
    properties: z.array(property),
  })
  .meta({ title: 'tornwire result', description: 'What one run of tornwire fuzz came to.' })
