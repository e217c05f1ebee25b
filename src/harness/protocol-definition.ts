// A protocol as a user writes it: the framing may be declared from parts, and frames may be given as plain text or bytes.
// What is wrong with it is told by field and value.

import type { Codec } from '../codec/codec.ts'
import { type Declaration, declaredCodec } from '../codec/parts.ts'
import type { PartsFrame } from '../codec/parts-frame.ts'
import { inspect } from './definition/mistakes.ts'
import { firstTrouble } from './definition/rehearsal.ts'
import { isDeclared, mistakesIn } from './definition/schema.ts'
import type { Protocol } from './protocol.ts'
import { guarded } from './protocol-fault.ts'

/** A protocol whose framing is declared from parts. A sample given as text or bytes is the data of a frame. */
export interface DeclaredProtocol extends Omit<Protocol<PartsFrame>, 'codec' | 'answerCodec' | 'samples'> {
  readonly codec: Declaration
  readonly answerCodec?: Declaration
  readonly samples?: readonly (PartsFrame | Uint8Array | string)[]
}

/** What the default export of a protocol file may be. */
export type ProtocolDefinition<F = PartsFrame> = Protocol<F> | DeclaredProtocol

/** Says nothing and changes nothing: gives an editor the type of what is written. */
export function defineProtocol(definition: DeclaredProtocol): DeclaredProtocol
export function defineProtocol<F>(definition: Protocol<F>): Protocol<F>
export function defineProtocol(definition: unknown): unknown {
  return definition
}

/** A protocol definition that cannot be used. The message names each field, what it holds, and what it should. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

/**
 * The protocol that a definition describes, tried on its own frames; its functions throw nothing but `ProtocolFault`.
 * Throws `ProtocolError`.
 */
export function toProtocol(definition: unknown): Protocol {
  const mistakes = mistakesIn(definition)
  if (mistakes.length > 0) throw new ProtocolError(mistakes.join('\n'))
  const { codec, answerCodec, samples, ...rest } = definition as Given
  const protocol: Protocol = {
    ...rest,
    codec: toCodec('codec', codec),
    ...(answerCodec === undefined ? {} : { answerCodec: toCodec('answerCodec', answerCodec) }),
    ...(samples === undefined ? {} : { samples: samples.map((sample, at) => toFrame(codec, sample, at)) }),
  }
  const trouble = firstTrouble(protocol)
  if (trouble !== undefined) throw new ProtocolError(trouble)
  return guarded(protocol)
}

type Given = Omit<Protocol, 'codec' | 'answerCodec'> & { readonly codec: unknown; readonly answerCodec?: unknown }

function toCodec(field: string, value: unknown): Codec<unknown> {
  if (!isDeclared(value)) return value as Codec<unknown>
  try {
    return declaredCodec(value as Declaration) as Codec<unknown>
  } catch (error) {
    throw new ProtocolError(`${field} contradicts itself: ${(error as Error).message} (it is ${inspect(value)})`)
  }
}

function toFrame(codec: unknown, sample: unknown, at: number): unknown {
  if (!isDeclared(codec)) return sample
  const data = typeof sample === 'string' ? new TextEncoder().encode(sample) : sample
  const size = (codec as { head?: number }).head ?? 0
  if (data instanceof Uint8Array) return { head: new Uint8Array(size), data }
  const frame = sample as Partial<PartsFrame> | null | undefined
  if (frame?.head instanceof Uint8Array && frame.data instanceof Uint8Array) return frame
  throw new ProtocolError(`samples.${at} must be text, bytes, or { head, data } of bytes (it is ${inspect(sample)})`)
}
