import type { Random } from 'fast-check'
import { pick } from '../chance.ts'
import type { Protocol } from '../protocol.ts'

/** Between one and `most` messages that a well-behaved client says, encoded. */
export function makeMessages<F>(chance: Random, protocol: Protocol<F>, most: number): Uint8Array[] {
  // Two in three are short conversations: most bugs need one or two messages, and those are found sooner.
  const count = chance.nextInt(0, 2) === 0 ? chance.nextInt(1, most) : chance.nextInt(1, Math.min(3, most))
  return Array.from({ length: count }, () => makeMessage(chance, protocol))
}

/** One encoded message. */
export function makeMessage<F>(chance: Random, protocol: Protocol<F>): Uint8Array {
  const { codec, frames, samples } = protocol
  if (frames !== undefined) return codec.encode(frames.generate(chance, undefined).value)
  if (samples !== undefined) return codec.encode(pick(chance, samples))
  throw new TypeError(`protocol ${protocol.name} has neither frames nor samples`)
}
