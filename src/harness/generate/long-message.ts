import type { Random } from 'fast-check'
import { due, hear } from '../hear.ts'
import type { Protocol } from '../protocol.ts'
import { ProtocolFault } from '../protocol-fault.ts'
import { makeMessage } from './messages.ts'

/** Of so many messages one at the least can be made long, where the protocol has any such. */
const DRAWS = 20

/** What stands behind the data that was drawn: an `a`, which few protocols give a meaning. */
const FILLER = 0x61

/**
 * One encoded message of about so many bytes: the first of `sizes`, in bytes and descending, that the protocol has room
 * for. It is one that is drawn, with more data behind its own, and the conversation goes on after it. `undefined` where
 * there is none.
 */
export function makeLongMessage<F>(
  chance: Random,
  protocol: Protocol<F>,
  sizes: readonly number[],
): Uint8Array | undefined {
  for (let draw = 0; draw < DRAWS; draw++) {
    const message = makeMessage(chance, protocol)
    // What has no room for the least has none for more, and that is told at a fraction of the cost.
    if (lengthened(message, sizes.at(-1) ?? 0, protocol) === undefined) continue
    for (const size of sizes) {
      const long = lengthened(message, size, protocol)
      if (long !== undefined) return long
    }
  }
  return undefined
}

function lengthened<F>(message: Uint8Array, size: number, protocol: Protocol<F>): Uint8Array | undefined {
  try {
    const long = filledUp(message, size, protocol) ?? (message.length >= size ? message : undefined)
    return long !== undefined && isWelcome(long, protocol) ? long : undefined
  } catch (error) {
    // Its author need not have thought of data that nobody drew.
    if (error instanceof ProtocolFault) return undefined
    throw error
  }
}

/** The same message with other data: its own, as much of it as there is room for, and the filler behind it. */
function filledUp<F>(message: Uint8Array, size: number, { codec }: Protocol<F>): Uint8Array | undefined {
  const fields = codec.fields(message).filter(({ part }) => part === 'data')
  const [start, end] = [fields[0]?.start ?? 0, fields.at(-1)?.end ?? 0]
  const room = size - (message.length - (end - start))
  if (room < 0) return undefined
  const data = new Uint8Array(room).fill(FILLER)
  data.set(message.subarray(start, Math.min(end, start + room)))
  return codec.withData?.(message, data)
}

/** Whether it is one good message, of which it is known what is due to it, and after which the conversation goes on. */
function isWelcome<F>(bytes: Uint8Array, protocol: Protocol<F>): boolean {
  const { frames, bad } = hear(protocol.codec, bytes, false)
  if (frames.length !== 1 || bad !== undefined) return false
  const reply = due(protocol, bytes, false)
  return reply === undefined || (reply.end !== 'fin' && reply.unspecified !== true)
}
