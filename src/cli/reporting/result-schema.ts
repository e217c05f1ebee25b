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

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const property = z.strictObject({
  id: z.string(),
  level: z.enum(['must', 'should']).meta({ description: 'Of the claim; must where the server did not survive it.' }),
  verdict,
  why: z.exactOptional(z.string()),
  cases: count,
  conversations: count,
  cuts,
  durationMs: milliseconds,
  failure: z.exactOptional(failure),
  sameAs: z.exactOptional(z.string()),
  counts: z.exactOptional(z.literal(false)).meta({
    description: 'Of a failure that does not make the run fail: of a should without --strict, or excused.',
  }),
  excuse: z.exactOptional(z.strictObject({ reason: z.string(), expires: day, expired: z.boolean() })).meta({
    description: 'What the baseline says of this failure. One that has expired excuses nothing.',
  }),
})

const excuse = z.strictObject({
  property: z.string(),
  rule: z.exactOptional(z.string()),
  reason: z.string(),
  expires: day,
  lines: z.strictObject({ first: z.int().min(1), last: z.int().min(1) }),
  state: z.enum(['used', 'unneeded', 'expired', 'left']).meta({
    description:
      'unneeded: the property passed, and the run fails until it is deleted. left: nothing can be told of it.',
  }),
  why: z.string(),
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
    baseline: z.exactOptional(z.strictObject({ file: z.string(), excuses: z.array(excuse) })),
  })
  .meta({ title: 'tornwire result', description: 'What one run of tornwire fuzz came to.' })
