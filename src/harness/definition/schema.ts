// The form of a protocol definition.

import type { Arbitrary } from 'fast-check'
import { z } from 'zod'
import { LEAST_IDLE_MS, LONGEST_IDLE_MS } from '../protocol.ts'
import { declarationSchemas } from './declaration-schema.ts'
import { aFunction, fields, must, oneOf, wholeNumber } from './fields.ts'
import { mistakesBy } from './mistakes.ts'

/** What is wrong with the form of a definition, a line for each mistake. */
export function mistakesIn(definition: unknown): string[] {
  return mistakesBy(definitionSchema, definition, 'the default export')
}

/** Whether a codec is given by its declaration. */
export function isDeclared(codec: unknown): boolean {
  return typeof codec === 'object' && codec !== null && 'framing' in codec
}

const declarations = declarationSchemas()
const FRAMINGS = Object.keys(declarations).map((framing) => `'${framing}'`)

const aCodec = z.unknown().superRefine((codec, context) => {
  const say = (message: string, path: PropertyKey[] = []): void => context.addIssue({ code: 'custom', message, path })
  if (!isDeclared(codec)) {
    if (!isCodec(codec)) say(`must be a declaration ({ framing: …, … }) or a codec (counts, encode, decoder, fields)`)
    return
  }
  const { framing } = codec as { framing: unknown }
  const schema = Object.hasOwn(declarations, String(framing)) ? declarations[String(framing)] : undefined
  if (schema === undefined) return say(`must be one of ${FRAMINGS.join(', ')}`, ['framing'])
  for (const { message, path } of schema.safeParse(codec).error?.issues ?? []) say(message, [...path])
})

const anArbitrary = must<Arbitrary<unknown>>(
  (value) => typeof (value as Partial<Arbitrary<unknown>> | null | undefined)?.generate === 'function',
  'a fast-check arbitrary',
)
const words = (pattern: RegExp, message: string): z.ZodType<string> =>
  must((value) => typeof value === 'string' && pattern.test(value), message)
const someText = words(/\S/, 'some text')
const listOf = (item: z.ZodType, message: string): z.ZodType =>
  z.array(item, { error: `must be ${message}` }).min(1, `must be ${message}`)

const aProperty = fields({
  id: words(/^[\w.-]+\/[\w.-]+$/, 'an address such as my-protocol/stored'),
  claim: someText,
  source: someText,
  cases: aFunction,
  check: aFunction,
  level: oneOf('must', 'should').optional(),
  notFor: aFunction.optional(),
  admits: aFunction.optional(),
  plays: aFunction.optional(),
})

const definitionSchema = fields({
  name: words(/^[\w.-]+$/, 'of letters, digits, dots, dashes and underscores'),
  about: someText.optional(),
  codec: aCodec,
  answerCodec: aCodec.optional(),
  frames: anArbitrary.optional(),
  samples: listOf(z.unknown(), 'a list of one frame at least').optional(),
  model: aFunction.optional(),
  accepts: aFunction.optional(),
  show: aFunction.optional(),
  idleMs: wholeNumber(LEAST_IDLE_MS, LONGEST_IDLE_MS).optional(),
  notInFloods: someText.optional(),
  observe: aFunction.optional(),
  properties: listOf(aProperty, 'a list of properties, { id, claim, source, cases, check, … }').optional(),
  bad: listOf(
    fields({
      kind: words(/^[a-z0-9-]+$/, 'of small letters, digits and dashes'),
      about: someText,
      bytes: anArbitrary,
    }),
    'a list of malformed messages, { kind, about, bytes }',
  ).optional(),
}).refine(({ frames, samples }) => frames !== undefined || samples !== undefined, {
  path: ['samples'],
  message: 'must be a list of frames, unless frames is an arbitrary that makes them',
})

function isCodec(value: unknown): boolean {
  const codec = value as Readonly<Record<string, unknown>> | null | undefined
  const methods = [codec?.encode, codec?.decoder, codec?.fields].every((method) => typeof method === 'function')
  return methods && (codec?.counts === 'frames' || codec?.counts === 'bytes')
}
