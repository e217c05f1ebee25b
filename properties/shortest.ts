import type { Random } from 'fast-check'
import { chanceFor } from '../src/harness/chance.ts'
import { makeMessage } from '../src/harness/generate/messages.ts'
import { due } from '../src/harness/hear.ts'
import type { Protocol } from '../src/harness/protocol.ts'

/** Of so many messages those after which the connection stays open, the shortest first; one at the least. */
export function shortest(chance: Random, protocol: Protocol, draws: number): readonly [Uint8Array, ...Uint8Array[]] {
  const drawn = Array.from({ length: draws }, () => makeMessage(chance, protocol))
  const open = drawn.filter((message) => due(protocol, message, false)?.end !== 'fin')
  const [first = makeMessage(chance, protocol), ...others] = open.sort((one, other) => one.length - other.length)
  return [first, ...others]
}

/** Messages drawn for the smallest case of a claim. */
const DRAWS = 60

/**
 * A message about as short as there is, always the same: one that is answered and after which the connection stays open, as far
 * as is known, or else one that is answered, or any.
 */
export function shortMessage(protocol: Protocol): Uint8Array {
  const chance = chanceFor(0, 'short-message', 0)
  const drawn = Array.from({ length: DRAWS }, () => makeMessage(chance, protocol)).sort((a, b) => a.length - b.length)
  const replies = drawn.map((message) => ({ message, reply: due(protocol, message, false) }))
  const answered = replies.filter(
    ({ reply }) => reply === undefined || (reply.answers.length > 0 && reply.unspecified !== true),
  )
  const [best] = [...answered.filter(({ reply }) => reply?.end !== 'fin'), ...answered, ...replies]
  return best?.message ?? makeMessage(chance, protocol)
}
