// Messages by what is due to them: to fill what a kernel and a server hold for a client, much must come back.

import type { Random } from 'fast-check'
import type { Script } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import { makeMessage } from '../src/harness/generate/messages.ts'
import { answerCodec, due } from '../src/harness/hear.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { needsModel } from './needs.ts'
import { onceFor } from './once-for.ts'

/** Of so many messages the longest are taken, so many of them, each to be answered by so many bytes. */
const DRAWS = 8
const KINDS = 4
const LEAST_ANSWER = 2_048
/** So many times as long as its answer a message is at the most: what is sent must not be much more than what comes back. */
const MOST_SENT = 4

/** So many messages are drawn at the most to find one with a long answer, and to tell whether a protocol has any. */
const MOST_DRAWS = 1_000
const TELLING_DRAWS = 100

/** Different messages, in turn, until their answers come to so many bytes; none where no message has a long answer. */
export function messagesAnsweredBy(chance: Random, protocol: Protocol, volume: number): Uint8Array[] {
  const kinds = answeredAtLength(chance, protocol)
  const messages: Uint8Array[] = []
  for (let answered = 0; answered < volume; ) {
    const kind = kinds[messages.length % kinds.length]
    if (kind === undefined) return messages
    messages.push(kind.bytes)
    answered += kind.answer
  }
  return messages
}

/** Of some messages those with long answers, the longest first; none of them ends the conversation. */
function answeredAtLength(
  chance: Random,
  protocol: Protocol,
  most = MOST_DRAWS,
): { bytes: Uint8Array; answer: number }[] {
  const found: { bytes: Uint8Array; answer: number }[] = []
  for (let draws = 0; draws < DRAWS || (found.length === 0 && draws < most); draws++) {
    const bytes = makeMessage(chance, protocol)
    const answer = answerLength(bytes, protocol)
    if (answer >= LEAST_ANSWER && bytes.length <= MOST_SENT * answer) found.push({ bytes, answer })
  }
  return found.sort((one, other) => other.answer - one.answer).slice(0, KINDS)
}

/** Bytes of what is due to these bytes; none where the conversation is over then. */
function answerLength<F>(bytes: Uint8Array, protocol: Protocol<F>): number {
  const known = lengths.get(protocol) ?? new WeakMap<Uint8Array, number>()
  lengths.set(protocol, known)
  const length = known.get(bytes) ?? lengthOfAnswer(bytes, protocol)
  known.set(bytes, length)
  return length
}

/** The same message is said a thousand times, in each of a hundred candidates. */
const lengths = new WeakMap<object, WeakMap<Uint8Array, number>>()

function lengthOfAnswer<F>(bytes: Uint8Array, protocol: Protocol<F>): number {
  const reply = due(protocol, bytes, false)
  return reply === undefined || reply.end === 'fin' ? 0 : encodedLength(reply.answers, protocol)
}

/** Bytes of these answers. */
export function encodedLength<F>(answers: readonly F[], protocol: Protocol<F>): number {
  const codec = answerCodec(protocol)
  return answers.reduce((total, answer) => total + codec.encode(answer).length, 0)
}

/** Why no client can fill what a kernel holds of the answers of this protocol, if so. */
export function cannotFill(protocol: Protocol): string | undefined {
  const why = needsModel(protocol) ?? protocol.notInFloods
  if (why !== undefined) return why
  return hasLongAnswers(protocol)
    ? undefined
    : `the answers of protocol ${protocol.name} are too short to fill what a kernel holds of them`
}

/** Takes up to a hundred messages and their answers to tell. */
const hasLongAnswers = onceFor(
  (protocol) => answeredAtLength(chanceFor(0, 'back-pressure', 0), protocol, TELLING_DRAWS).length > 0,
)

/** Bytes that are due to the messages of this script, each by itself. */
export function answeredBytes({ steps }: Script, protocol: Protocol): number {
  return steps.reduce((total, step) => total + (step.do === 'send' ? answerLength(step.bytes, protocol) : 0), 0)
}
