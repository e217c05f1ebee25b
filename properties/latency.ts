import type { Random } from 'fast-check'
import type { Case } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeLongMessage } from '../src/harness/generate/long-message.ts'
import { due } from '../src/harness/hear.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { digest } from '../src/harness/shrink/shrink.ts'
import { judgeHeldUp, ROUNDS, ROW, ROWS } from './held-up.ts'
import { ownTrouble } from './judge.ts'
import { needsModel } from './needs.ts'
import { onceFor } from './once-for.ts'
import { lockstep } from './scripts.ts'
import { shortest } from './shortest.ts'

/** Bytes of the long message, as many as the protocol has room for: what it costs grows with them. */
const SIZES = [1_048_576, 524_288, 262_144, 65_000]

/** Messages drawn, of which the smallest that is answered is what the other client says. */
const DRAWS = 20

/** The one that says the long message, and the one that says short ones meanwhile. */
const NEIGHBOUR = 0
const WITNESS = 1

/** A send and an await for each message. */
const WITNESS_ROW: readonly number[] = new Array<number>(2 * ROW).fill(WITNESS)

/**
 * The witness comes first: where one client is served at a time, it is this one; of the others `any/isolation` speaks. The
 * neighbour says something short, so that its own thread, if it gets one, is there. Then in each round it says its long
 * message, the server has read it, the witness says a row, the neighbour gets its answer, the witness says one more.
 */
const TURNS: readonly number[] = [
  ...WITNESS_ROW,
  NEIGHBOUR,
  NEIGHBOUR,
  ...Array.from({ length: ROUNDS }, () => [NEIGHBOUR, ...WITNESS_ROW, NEIGHBOUR, ...WITNESS_ROW]).flat(),
]

/** What one client asks for, however dear it is, holds up no other. */
export const latency: Property = {
  id: 'any/latency',
  claim: 'While a long message of one client is worked on, another is answered about as fast as before and after.',
  source: 'CWE-400, CWE-834: an event loop, or who holds a lock, works for one client and hears nobody else meanwhile',
  // No document says how fast a server is.
  level: 'should',
  notFor: cannotBeTold,
  // Three messages of 1 MiB, their answers, and 22 short conversations.
  weight: 50,
  // Elsewhere the short messages would stand behind the long one in a queue of the network.
  looksAt: 'reads',
  // The time that others take of the server would be told of it.
  oneAtATime: true,
  timed: true,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  // A shorter one takes less time, and near to the limit a case fails now and then: no message is made shorter alone.
  admits: (subject) => longMessageOf(subject) !== undefined,
  check: ([subject], [transcript]) => {
    if (subject === undefined || transcript === undefined) return { is: 'inconclusive', why: 'nothing was played' }
    const long = longMessageOf(subject)
    if (long === undefined) return { is: 'inconclusive', why: 'nobody says a long message beside others' }
    const trouble = ownTrouble(transcript.connections)
    if (trouble !== undefined) return { is: 'inconclusive', why: trouble }
    return judgeHeldUp(WITNESS, transcript.events, long.length)
  },
}

function makeCase(chance: Random, protocol: Protocol): Case {
  const short = shortMessage(chance, protocol) ?? shortMessage(exampleChance(), protocol)
  const long = makeLongMessage(chance, protocol, SIZES) ?? makeLongMessage(exampleChance(), protocol, SIZES)
  if (short === undefined || long === undefined) throw new TypeError(`ask notFor of protocol ${protocol.name} first`)
  return caseOf(short, long)
}

function caseOf(short: Uint8Array, long: Uint8Array): Case {
  const neighbour = [short, ...new Array<Uint8Array>(ROUNDS).fill(long)]
  return {
    connections: [
      { steps: lockstep(neighbour), cuts: [] },
      { steps: lockstep(manyOf(short)), cuts: [] },
    ],
    turns: TURNS,
  }
}

/** All that the witness says. */
function manyOf(short: Uint8Array): Uint8Array[] {
  return new Array<Uint8Array>(ROWS * ROW).fill(short)
}

/** The long message of a case; `undefined` of one that is not of this claim: it says the same messages over and over. */
function longMessageOf(subject: Case): Uint8Array | undefined {
  const [short, long] = [subject.connections[WITNESS]?.steps[0], subject.connections[NEIGHBOUR]?.steps[2]]
  if (short?.do !== 'send' || long?.do !== 'send') return undefined
  return digest(subject) === digest(caseOf(short.bytes, long.bytes)) ? long.bytes : undefined
}

/** The shortest of some messages that is answered each time that it is said; `undefined` where none is. */
function shortMessage(chance: Random, protocol: Protocol): Uint8Array | undefined {
  return shortest(chance, protocol, DRAWS).find((message) => {
    const said = manyOf(message)
    const reply = due(protocol, Buffer.concat(said), false)
    if (reply === undefined || reply.end === 'fin' || reply.unspecified === true) return false
    return reply.answers.length >= said.length
  })
}

/** Why of this protocol nothing can be told. */
function cannotBeTold(protocol: Protocol): string | undefined {
  // The short message is said time and again.
  const why = needsModel(protocol) ?? protocol.notInFloods
  if (why !== undefined) return why
  if (protocol.codec.counts === 'bytes') return `in protocol ${protocol.name} every byte is a message`
  const least = SIZES.at(-1)
  return hasBoth(protocol)
    ? undefined
    : `protocol ${protocol.name} has no short messages that are answered, or none of ${least} bytes`
}

const hasBoth = onceFor((protocol) => {
  if (makeLongMessage(exampleChance(), protocol, SIZES.slice(-1)) === undefined) return false
  return shortMessage(exampleChance(), protocol) !== undefined
})

function exampleChance(): Random {
  return chanceFor(0, 'latency', 0)
}
