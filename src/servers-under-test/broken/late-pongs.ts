import { FRAME_TYPE } from '../../codec/frame.ts'
import { frameResponder } from '../protocols/frame.ts'
import { type Responder, session } from '../session.ts'
import type { Service } from '../transport.ts'
import { changedHandler, changedTransport } from './changed.ts'
import { PendingAnswers } from './pending-answers.ts'

/** The frame service, but of every PONG only the first `now` bytes are sent at once, and the others 2 ms later. */
export function withLatePongs(now: number): Service {
  return (transport, options) => {
    const late = new PendingAnswers(transport, WORK_MS)
    const ending = changedTransport(transport, {
      end: () => {
        late.give()
        transport.end()
      },
    })
    const handler = session(() => holding(frameResponder(options), late, now))(ending, options)
    return changedHandler(handler, {
      lost: (error) => {
        late.forget()
        handler.lost(error)
      },
    })
  }
}

const WORK_MS = 2

function holding(right: Responder, late: PendingAnswers, now: number): Responder {
  const held = (bytes: Uint8Array): Uint8Array[] => {
    if (bytes[4] !== FRAME_TYPE.PONG) return [bytes]
    late.add(bytes.subarray(now))
    return now === 0 ? [] : [bytes.subarray(0, now)]
  }
  return {
    ...right,
    heard: (bytes) => {
      const reply = right.heard(bytes)
      return { ...reply, answers: reply.answers.flatMap(held) }
    },
  }
}
