// A protocol's functions are its author's. One that throws, or gives what it must not, says nothing about the server: what
// it was called for cannot be judged, and the message names the function.

import { Arbitrary, type Stream, type Value } from 'fast-check'
import type { Codec, Decoder } from '../codec/codec.ts'
import { inspect } from './definition/mistakes.ts'
import type { Protocol, Reply } from './protocol.ts'

/** A function of a protocol that threw, or gave what it must not give. The message names the protocol and the function. */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault'
}

/** The same protocol, whose functions throw nothing but `ProtocolFault`. */
export function guarded(protocol: Protocol): Protocol {
  const { name, codec, answerCodec, model, accepts, show, frames, bad } = protocol
  const called = <T>(what: string, act: () => T): T => calling(name, what, act)
  return {
    ...protocol,
    codec: guardedCodec(codec, 'codec', called),
    ...(answerCodec && { answerCodec: guardedCodec(answerCodec, 'answerCodec', called) }),
    ...(frames && { frames: new GuardedArbitrary(frames, 'frames', called) }),
    ...(model && { model: (heard) => called('model', () => checkedReply(model.call(protocol, heard))) }),
    ...(accepts && { accepts: (one, other) => called('accepts', () => accepts.call(protocol, one, other)) }),
    ...(show && { show: (frame) => called('show', () => String(show.call(protocol, frame))) }),
    ...(bad && {
      bad: bad.map((each) => ({ ...each, bytes: new GuardedArbitrary(each.bytes, `bad.${each.kind}.bytes`, called) })),
    }),
  }
}

/** Why something could not be done: in the words of a fault, or with the stack of what must be our own mistake. */
export function whyThrown(error: unknown): string {
  if (error instanceof ProtocolFault) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

type Called = <T>(what: string, act: () => T) => T

function calling<T>(name: string, what: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof ProtocolFault) throw error
    const thrown = error instanceof Error ? `${error.name}: ${error.message}` : inspect(error)
    throw new ProtocolFault(`${what} of protocol ${name} threw ${thrown}${placeOf(error)}`)
  }
}

/** Where it was thrown: the first line of the stack that is not Node's. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const line = stack.split('\n').find((each) => /^\s+at /.test(each) && !each.includes('node:'))
  return line === undefined ? '' : ` (${line.trim()})`
}

function guardedCodec(codec: Codec<unknown>, field: string, called: Called): Codec<unknown> {
  const guardedDecoder = (decoder: Decoder<unknown>): Decoder<unknown> => ({
    push: (chunk) => called(`${field}.decoder().push`, () => decoder.push(chunk)),
    end: () => called(`${field}.decoder().end`, () => decoder.end()),
  })
  return {
    counts: codec.counts,
    encode: (frame) => called(`${field}.encode`, () => checkedBytes(codec.encode(frame))),
    decoder: () => guardedDecoder(called(`${field}.decoder`, () => codec.decoder())),
    fields: (bytes) => called(`${field}.fields`, () => codec.fields(bytes)),
    ...(codec.withData && {
      withData: (bytes, data) => called(`${field}.withData`, () => codec.withData?.(bytes, data)),
    }),
  }
}

class GuardedArbitrary<T> extends Arbitrary<T> {
  readonly #arbitrary: Arbitrary<T>
  readonly #field: string
  readonly #called: Called

  constructor(arbitrary: Arbitrary<T>, field: string, called: Called) {
    super()
    this.#arbitrary = arbitrary
    this.#field = field
    this.#called = called
  }

  override generate(...given: Parameters<Arbitrary<T>['generate']>): Value<T> {
    return this.#called(`${this.#field}.generate`, () => this.#arbitrary.generate(...given))
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return this.#arbitrary.canShrinkWithoutContext(value)
  }

  override shrink(value: T, context: unknown): Stream<Value<T>> {
    return this.#arbitrary.shrink(value, context)
  }
}

function checkedBytes(bytes: Uint8Array): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes
  throw new TypeError(`it must give bytes, and gave ${inspect(bytes)}`)
}

function checkedReply(reply: Reply<unknown>): Reply<unknown> {
  if (Array.isArray(reply?.answers)) return reply
  throw new TypeError(`it must give { answers: […], end }, and gave ${inspect(reply)}`)
}
