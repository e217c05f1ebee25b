// A protocol as a user writes it: the framing may be declared from parts, and frames may be given as plain text or bytes.
// What is wrong with it is told by field and value.

import type { Arbitrary } from 'fast-check'
import { z } from 'zod'
import type { Codec } from '../codec/codec.ts'
import { type Declaration, declaredCodec } from '../codec/parts.ts'
import type { PartsFrame } from '../codec/parts-frame.ts'
import type { Protocol } from './protocol.ts'

/** A protocol whose framing is declared from parts. A sample given as text or bytes is the data of a frame. */
export interface DeclaredProtocol extends Omit<Protocol<PartsFrame>, 'codec' | 'answerCodec' | 'samples'> {
  readonly codec: Declaration
  readonly answerCodec?: Declaration
  readonly samples?: readonly (PartsFrame | Uint8Array | string)[]
}

/** What the default export of a protocol file may be. */
export type ProtocolDefinition<F = PartsFrame> = Protocol<F> | DeclaredProtocol

/** Says nothing and changes nothing: gives an editor the type of what is written. */
export function defineProtocol<F = PartsFrame>(definition: ProtocolDefinition<F>): ProtocolDefinition<F> {
  return definition
}

/** A protocol definition that cannot be used. The message names each field, what it holds, and what it should. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

/** The protocol that a definition describes. Throws `ProtocolError`. */
export function toProtocol(definition: unknown): Protocol {
  const checked = definitionSchema.safeParse(definition)
  if (!checked.success) throw new ProtocolError(checked.error.issues.map(issueLine(definition)).join('\n'))
  const { codec, answerCodec, samples, ...rest } = definition as Given
  const protocol: Protocol = {
    ...rest,
    codec: toCodec('codec', codec),
    ...(answerCodec === undefined ? {} : { answerCodec: toCodec('answerCodec', answerCodec) }),
    ...(samples === undefined
      ? {}
      : { samples: samples.map((sample) => (isDeclaration(codec) ? toFrame(codec, sample) : sample)) }),
  }
  checkSamples(protocol)
  return protocol
}

type Given = Omit<Protocol, 'codec' | 'answerCodec'> & { readonly codec: unknown; readonly answerCodec?: unknown }

const aFunction = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', 'must be a function')
const anArbitrary = z.custom<Arbitrary<unknown>>(
  (value) => typeof (value as Partial<Arbitrary<unknown>> | undefined)?.generate === 'function',
  'must be a fast-check arbitrary',
)
const aCodec = z.custom<Codec<unknown> | Declaration>(
  (value) => isDeclaration(value) || isCodec(value),
  "must be a declaration ({ framing: 'length' | 'varint' | 'delimiter' | 'fixed', … }) or a codec (counts, encode, decoder, fields)",
)
const aBadFrame = z.object({
  kind: z.string().regex(/^[a-z0-9-]+$/, 'must be of small letters, digits and dashes'),
  about: z.string().min(1),
  bytes: anArbitrary,
})

const definitionSchema = z
  .looseObject({
    name: z.string().regex(/^[\w.-]+$/, 'must be of letters, digits, dots, dashes and underscores'),
    about: z.string().optional(),
    codec: aCodec,
    answerCodec: aCodec.optional(),
    frames: anArbitrary.optional(),
    samples: z.array(z.unknown()).min(1, 'must hold at least one frame').optional(),
    model: aFunction.optional(),
    accepts: aFunction.optional(),
    show: aFunction.optional(),
    bad: z.array(aBadFrame).optional(),
  })
  .refine(({ frames, samples }) => frames !== undefined || samples !== undefined, {
    path: ['samples'],
    message: 'is missing: give samples (a list of frames) or frames (a fast-check arbitrary of them)',
  })

function issueLine(definition: unknown): (issue: z.core.$ZodIssue) => string {
  return ({ path, message }) => {
    if (path.length === 0) return `the default export ${message} (it is ${inspect(definition)})`
    const held = path.reduce<unknown>(
      (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
      definition,
    )
    return `${path.join('.')} ${message}${held === undefined ? '' : ` (it is ${inspect(held)})`}`
  }
}

function inspect(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function toCodec(field: string, value: unknown): Codec<unknown> {
  if (!isDeclaration(value)) return value as Codec<unknown>
  try {
    return declaredCodec(value) as Codec<unknown>
  } catch (error) {
    throw new ProtocolError(`${field} contradicts itself: ${(error as Error).message} (it is ${inspect(value)})`)
  }
}

function isDeclaration(value: unknown): value is Declaration {
  const framing = (value as Partial<Declaration> | null | undefined)?.framing
  return framing === 'length' || framing === 'varint' || framing === 'delimiter' || framing === 'fixed'
}

function isCodec(value: unknown): value is Codec<unknown> {
  const codec = value as Partial<Codec<unknown>> | null | undefined
  const methods = [codec?.encode, codec?.decoder, codec?.fields].every((method) => typeof method === 'function')
  return methods && (codec?.counts === 'frames' || codec?.counts === 'bytes')
}

function toFrame(declaration: Declaration, sample: unknown): unknown {
  const data = typeof sample === 'string' ? new TextEncoder().encode(sample) : sample
  if (!(data instanceof Uint8Array)) return sample
  const head = 'head' in declaration ? (declaration.head ?? 0) : 0
  return { head: new Uint8Array(head), data }
}

function checkSamples({ codec, samples = [] }: Protocol): void {
  for (const [at, sample] of samples.entries()) {
    try {
      codec.encode(sample)
    } catch (error) {
      throw new ProtocolError(`samples.${at} cannot be encoded: ${(error as Error).message} (it is ${inspect(sample)})`)
    }
  }
}
