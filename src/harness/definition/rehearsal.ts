// A protocol is tried on its own frames before any server is: what its author wrote must at least work by itself.

import type { Codec } from '../../codec/codec.ts'
import { chanceFor } from '../chance.ts'
import { answerCodec } from '../hear.ts'
import type { Protocol } from '../protocol.ts'
import { inspect } from './mistakes.ts'

/** The first thing that goes wrong when a protocol's frames are encoded, read back and answered; by field and value. */
export function firstTrouble(protocol: Protocol): string | undefined {
  const quiet = modelTrouble(protocol, 'a client that has said nothing', [])
  if (quiet !== undefined) return quiet
  for (const [name, made] of someFrames(protocol)) {
    if ('error' in made) return `${name} cannot be made: ${made.error}`
    const frame = made.value
    const trouble = codecTrouble(protocol.codec, name, frame) ?? modelTrouble(protocol, name, [frame])
    if (trouble !== undefined) return trouble
  }
  return undefined
}

const DRAWS = 20

function* someFrames({ samples = [], frames }: Protocol): Iterable<[name: string, made: Attempt<unknown>]> {
  for (const [at, sample] of samples.entries()) yield [`samples.${at}`, { value: sample }]
  for (let draw = 0; frames !== undefined && draw < DRAWS; draw++) {
    yield ['a frame of frames', attempt(() => frames.generate(chanceFor(0, 'definition', draw), undefined).value)]
  }
}

function codecTrouble(codec: Codec<unknown>, name: string, frame: unknown): string | undefined {
  const its = `${name} (it is ${inspect(frame)})`
  const encoded = attempt(() => codec.encode(frame))
  if ('error' in encoded) return `${its} cannot be encoded: ${encoded.error}`
  const bytes = encoded.value
  if (!(bytes instanceof Uint8Array)) return `codec.encode must give bytes; for ${its} it gives ${inspect(bytes)}`
  if (bytes.length === 0) return undefined
  const fields = attempt(() => codec.fields(bytes))
  if ('error' in fields) return `codec.fields must never throw; on ${its} it throws: ${fields.error}`
  const read = attempt(() => codec.decoder().push(bytes))
  if ('error' in read) return `codec.decoder must never throw; on ${its} it throws: ${read.error}`
  const bad = read.value.find((item) => item.is === 'bad')
  if (bad?.is === 'bad') return `${its} is not read back by codec.decoder: ${bad.kind}, ${bad.detail}`
  return read.value.length > 0 ? undefined : `${its} is not read back by codec.decoder: it waits for more bytes`
}

function modelTrouble(protocol: Protocol, name: string, frames: readonly unknown[]): string | undefined {
  if (protocol.model === undefined) return undefined
  for (const ended of [false, true]) {
    const reply = attempt(() => protocol.model?.({ frames, ended }))
    if ('error' in reply) return `model throws on ${name}: ${reply.error}`
    const { answers, end } = (reply.value ?? {}) as { answers?: unknown; end?: unknown }
    if (!Array.isArray(answers))
      return `model must give { answers: […], end }; on ${name} it gives ${inspect(reply.value)}`
    if (end !== 'fin' && end !== 'open' && end !== 'either') {
      return `model must give end 'fin', 'open' or 'either'; on ${name} it gives ${inspect(end)}`
    }
    for (const answer of answers) {
      const trouble = answerTrouble(protocol, `model answers ${name} with ${inspect(answer)}`, answer)
      if (trouble !== undefined) return trouble
    }
  }
  return undefined
}

/** What goes wrong when an answer of the model comes as it should: it is encoded, read back, compared and shown. */
function answerTrouble(protocol: Protocol, its: string, answer: unknown): string | undefined {
  const codec = answerCodec(protocol)
  const encoded = attempt(() => codec.encode(answer))
  if ('error' in encoded) return `${its}, which cannot be encoded: ${encoded.error}`
  const read = attempt(() => codec.decoder().push(encoded.value))
  if ('error' in read) return `${its}, on which answerCodec.decoder throws: ${read.error}`
  const [came] = read.value
  if (came?.is !== 'frame') return undefined
  const accepted = attempt(() => protocol.accepts?.(answer, came.frame))
  if ('error' in accepted) return `${its}, on which accepts throws: ${accepted.error}`
  const shown = attempt(() => protocol.show?.(came.frame))
  return 'error' in shown ? `${its}, on which show throws: ${shown.error}` : undefined
}

type Attempt<T> = { readonly value: T } | { readonly error: string }

function attempt<T>(act: () => T): Attempt<T> {
  try {
    return { value: act() }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
