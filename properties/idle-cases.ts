// What any/idle has clients do: be silent for so long that they must be given up, or speak on and never be silent for long.

import type { Random } from 'fast-check'
import type { Case, Script, Step } from '../src/harness/case.ts'
import { chanceFor, pick } from '../src/harness/chance.ts'
import { due, hear } from '../src/harness/hear.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { lockstep } from './scripts.ts'
import { shortest } from './shortest.ts'

/** Of the idle time: a silence is short that lasts for so much of it. */
const SHORT = 0.6

/** Messages drawn, of which the shortest are said. */
const DRAWS = 20

/** Parts of one message. With fewer there would not be two short silences, which together are longer than the idle time. */
const LEAST_PARTS = 3
const MOST_PARTS = 8

/**
 * Milliseconds after which a client must be given up: frame-protocol.md allows for twice the idle time and a second. So
 * long, and no more than a short silence longer, is a case.
 */
export function silenceMs(idleMs: number): number {
  return 2 * idleMs + 1_000
}

/** One client. Asked of protocols that state an idle time. */
export function makeIdleCase(chance: Random, protocol: Protocol): Case {
  const idleMs = statedBy(protocol)
  const messages = shortest(chance, protocol, DRAWS)
  const [message] = messages
  const part = message.subarray(0, chance.nextInt(1, Math.max(1, message.length - 1)))
  const silent = silentScripts(message, part, protocol, idleMs)
  // Without a model it is not known which message asks for an end, and no end that follows one can be called too early.
  const speaking =
    protocol.model === undefined
      ? []
      : [messageAfterMessage(messages, idleMs), ...inBytes(messages, MOST_PARTS, idleMs)]
  return { connections: [pick(chance, [...silent, ...speaking])], turns: [] }
}

/** One client that never says anything: where the idle time begins with what is said, it is given up by nobody. */
export function silentFromTheConnect(protocol: Protocol): Case {
  return { connections: [uncut([{ do: 'pause', ms: silenceMs(statedBy(protocol)) }])], turns: [] }
}

/**
 * One client that is silent for a short time twice inside a message, where it can, which together is longer than the idle time,
 * and for long when it is answered: each byte begins the idle time anew, and nothing else does.
 */
export function silentBetweenBytes(protocol: Protocol): Case {
  const idleMs = statedBy(protocol)
  const messages = shortest(chanceFor(0, 'idle', 0), protocol, DRAWS)
  const [spoken = uncut(lockstep([messages[0]]))] =
    protocol.model === undefined ? [] : inBytes(messages, LEAST_PARTS, idleMs)
  const silence: Step = { do: 'pause', ms: silenceMs(idleMs) }
  return { connections: [{ ...spoken, steps: [...spoken.steps, silence] }], turns: [] }
}

/** Milliseconds. */
function statedBy({ name, idleMs }: Protocol): number {
  if (idleMs === undefined) throw new TypeError(`ask notFor of protocol ${name} first`)
  return idleMs
}

/** Whether this is one client that is silent, each time for as long as any/idle speaks of. */
export function isIdleCase({ connections }: Case, idleMs: number): boolean {
  const pauses = connections.flatMap(({ steps }) => steps.flatMap((step) => (step.do === 'pause' ? [step.ms] : [])))
  const lengths = [shortMs(idleMs), silenceMs(idleMs)]
  return connections.length === 1 && pauses.length > 0 && pauses.every((ms) => lengths.includes(ms))
}

/** Milliseconds after which a client must not be given up. */
function shortMs(idleMs: number): number {
  return Math.round(SHORT * idleMs)
}

/** As many short silences as are as long as the long one: also who gives up late comes to it. */
function shortSilences(idleMs: number): number {
  return Math.ceil(silenceMs(idleMs) / shortMs(idleMs))
}

/** Silent from the connect on, after an answer, and inside a message, where the server owes no answer that it may be slow with. */
function silentScripts(message: Uint8Array, part: Uint8Array, protocol: Protocol, idleMs: number): Script[] {
  const silence: Step = { do: 'pause', ms: silenceMs(idleMs) }
  const inside: Step[] = [{ do: 'send', bytes: part }, silence]
  return [[silence], [...lockstep([message]), silence], ...(isOwedNothing(part, protocol) ? [inside] : [])].map(uncut)
}

/** Whether nothing is due for this much of a message; without a model, whether the codec waits for more. */
function isOwedNothing(part: Uint8Array, protocol: Protocol): boolean {
  const answers = due(protocol, part, false)?.answers ?? hear(protocol.codec, part, false).frames
  return answers.length === 0
}

function messageAfterMessage(messages: readonly Uint8Array[], idleMs: number): Script {
  const said = Array.from(
    { length: shortSilences(idleMs) + 1 },
    (_, at) => messages[at % messages.length] as Uint8Array,
  )
  const pause: Step = { do: 'pause', ms: shortMs(idleMs) }
  return uncut(said.flatMap((message, at) => [...(at === 0 ? [] : [pause]), ...lockstep([message])]))
}

/** One message, byte by byte, its rest in the last part. A cut behind each proves that the server has read it. */
function inBytes(messages: readonly Uint8Array[], most: number, idleMs: number): Script[] {
  const message = messages.find(({ length }) => length >= LEAST_PARTS)
  if (message === undefined) return []
  const parts = Math.min(most, shortSilences(idleMs) + 1, message.length)
  const cuts = Array.from({ length: parts - 1 }, (_, at) => at + 1)
  const pause: Step = { do: 'pause', ms: shortMs(idleMs) }
  const steps = cuts.flatMap((to): Step[] => [{ do: 'send', bytes: message.subarray(to - 1, to) }, pause])
  return [{ steps: [...steps, ...lockstep([message.subarray(parts - 1)])], cuts }]
}

function uncut(steps: readonly Step[]): Script {
  return { steps, cuts: [] }
}
