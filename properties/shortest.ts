import type { Random } from 'fast-check'
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
