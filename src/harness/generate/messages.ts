import type { Random } from 'fast-check'
import { pick } from '../chance.ts'
import type { Protocol } from '../protocol.ts'

/**
 * Between one and `most` messages that a well-behaved client says, encoded. No two with data are the same where the
 * protocol has that many: an answer that is lost, or comes twice, would not show between equal ones.
 */
export function makeMessages<F>(chance: Random, protocol: Protocol<F>, most: number): Uint8Array[] {
  // Two in three are short conversations: most bugs need one or two messages, and those are found sooner.
  const count = chance.nextInt(0, 2) === 0 ? chance.nextInt(1, most) : chance.nextInt(1, Math.min(3, most))
  const messages: Uint8Array[] = []
  for (let draw = 0; messages.length < count; draw++) {
    const message = makeMessage(chance, protocol)
    const isNew = draw >= MOST_DRAWS || !messages.some((other) => isSame(other, message, protocol))
    if (isNew) messages.push(message)
  }
  return messages
}

/** A protocol may have fewer messages than are asked for. */
const MOST_DRAWS = 24

/** Whether two messages cannot be told apart although they hold data. */
function isSame<F>(one: Uint8Array, other: Uint8Array, { codec }: Protocol<F>): boolean {
  return Buffer.compare(one, other) === 0 && codec.fields(one).some(({ part }) => part === 'data')
}

/** One encoded message. */
export function makeMessage<F>(chance: Random, protocol: Protocol<F>): Uint8Array {
  const { codec, frames, samples } = protocol
  if (frames !== undefined) return codec.encode(frames.generate(chance, undefined).value)
  if (samples !== undefined) return codec.encode(pick(chance, samples))
  throw new TypeError(`protocol ${protocol.name} has neither frames nor samples`)
}
