// The frame protocol of frame-protocol.md, row by row: what each type is answered with, and what each bad stream gets.

import type { Decoder, Item } from '../../codec/codec.ts'
import { ERROR_CODE, errorFrame, FRAME_TYPE, type Frame, frameCodec } from '../../codec/frame.ts'
import { LINGER_MS, type Reply, type Responder, session } from '../session.ts'
import type { ServiceOptions } from '../transport.ts'

/** The server of the frame protocol. `options.limit` counts data bytes; 1 MiB without it. */
export const frameService = session((options) => frameResponder(options))

/** Reads one direction of a connection as frames, within the limit of these options. */
export function frameDecoder({ limit }: ServiceOptions): Decoder<Frame> {
  return frameCodec(limit === undefined ? {} : { limit }).decoder()
}

/** The answers to whatever the decoder makes of the stream. */
export function frameResponder(options: ServiceOptions, decoder = frameDecoder(options)): Responder {
  return {
    heard: (bytes) => answer(decoder.push(bytes), options.idleMs),
    heardEnd: () => answer(decoder.end(), options.idleMs),
    heardNothing: () => refusal(ERROR_CODE.IDLE, 'no byte came within the idle time'),
  }
}

const NO_DATA = new Uint8Array(0)

/** The limit is for what clients send: an ERROR and its reason may be longer than a very small one. */
const { encode } = frameCodec({ limit: 2 ** 31 - 1 })

/** Up to the first item that ends the conversation, answers one for one and in order. */
function answer(items: readonly Item<Frame>[], idleMs: number): Reply {
  const answers: Uint8Array[] = []
  for (const item of items) {
    const reply = item.is === 'bad' ? refusal(codeOf(item.kind), item.detail) : answerFrame(item.frame, idleMs)
    answers.push(...reply.answers)
    if (reply.lingerMs !== undefined) return { answers, lingerMs: reply.lingerMs }
  }
  return { answers }
}

function answerFrame(frame: Frame, idleMs: number): Reply {
  switch (frame.type) {
    case FRAME_TYPE.MESSAGE:
      return { answers: [encode(frame)] }
    case FRAME_TYPE.PING:
      return { answers: [encode({ type: FRAME_TYPE.PONG, data: frame.data })] }
    case FRAME_TYPE.STOP:
      return { answers: [encode({ type: FRAME_TYPE.STOP, data: NO_DATA })], lingerMs: idleMs }
    default:
      return refusal(ERROR_CODE.UNKNOWN_TYPE, `no client sends frames of type 0x${frame.type.toString(16)}`)
  }
}

function refusal(code: number, reason: string): Reply {
  return { answers: [encode(errorFrame(code, reason))], lingerMs: LINGER_MS }
}

/** The ERROR code for what the codec found. */
export function codeOf(kind: string): number {
  const code = CODE_OF_KIND[kind]
  if (code !== undefined) return code
  throw new Error(`the codec finds a stream "${kind}", for which frame-protocol.md has no ERROR code`)
}

const CODE_OF_KIND: Readonly<Record<string, number>> = {
  checksum: ERROR_CODE.CHECKSUM,
  oversize: ERROR_CODE.OVERSIZE,
  truncated: ERROR_CODE.TRUNCATED,
}
