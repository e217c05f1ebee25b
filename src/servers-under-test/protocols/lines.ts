import type { Item } from '../../codec/codec.ts'
import { type Line, linesCodec } from '../../codec/lines.ts'
import { Scratch } from '../../codec/scratch.ts'
import { LINGER_MS, type Reply, type Responder, session } from '../session.ts'

/**
 * Each complete line comes back with its own ending, LF or CRLF, as soon as it is complete; a last line that the client's
 * FIN leaves unfinished comes back as it stands. Text of more than 65,536 bytes without an ending ends the connection
 * after the answers to all lines before it.
 */
export const linesService = session(() => linesResponder())

/** The answers to the lines of one connection. */
export function linesResponder(): Responder {
  const decoder = CODEC.decoder()
  // The codec gives no frame for a line without an ending, so what is begun is kept here, too: as much, and no longer.
  const begun = new Scratch()
  return {
    heard: (bytes) => {
      const newline = bytes.lastIndexOf(LF)
      if (newline >= 0) begun.clear()
      begun.append(bytes, newline + 1, bytes.length)
      return answer(decoder.push(bytes))
    },
    heardEnd: () => ({ answers: begun.length === 0 ? [] : [begun.take()] }),
    heardNothing: () => ({ answers: [] }),
  }
}

const CODEC = linesCodec()

const LF = 0x0a

function answer(items: readonly Item<Line>[]): Reply {
  const answers: Uint8Array[] = []
  for (const item of items) {
    if (item.is === 'bad') return { answers, lingerMs: LINGER_MS }
    answers.push(CODEC.encode(item.frame))
  }
  return { answers }
}
