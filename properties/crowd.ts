import type { Random } from 'fast-check'
import type { Case, Script } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../src/harness/generate/cuts.ts'
import { makeMessage, makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { pipelined } from './scripts.ts'
import { aloneAndTogether, hasWitness, judgeWitness } from './witness.ts'

/** Many clients, most of them silent, keep nobody from being served. */
export const crowd: Property = {
  id: 'any/crowd',
  claim: 'A client is served while many others are connected, most of them silent.',
  source: 'RFC 9293 section 3.4: a connection is a pair of sockets with a state of its own',
  // No RFC says how many clients there must be room for: a pool of so many workers may be what was wanted.
  level: 'should',
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  admits: hasWitness,
  plays: aloneAndTogether,
  oneAtATime: true,
  check: (plays, transcripts, protocol) => judgeWitness(plays, transcripts, protocol, 'disturbed'),
}

const SIZES = [4, 8, 9, 16, 17, 32, 33, 50, 63, 64]

function makeCase(chance: Random, protocol: Protocol): Case {
  const others = Array.from({ length: pick(chance, SIZES) }, () => silent(protocol))
  // One of them may be inside a message. More would cost a deadline each, where a server reads from nobody but the first.
  if (oneIn(chance, 2)) others[chance.nextInt(0, others.length - 1)] = insideMessage(chance, protocol)
  const messages = makeMessages(chance, protocol, 2)
  const witness = { steps: pipelined(messages), cuts: placeCuts(chance, messages, protocol.codec) }
  // All of them connect before the witness does, and stay until it has closed: what it is told when they go comes too late.
  const moves = Array.from({ length: witness.steps.length + witness.cuts.length + 1 }, () => others.length)
  return { connections: [...others, witness], turns: [...others.map((_, on) => on), ...moves] }
}

/** Connects and says nothing. */
function silent({ model }: Protocol): Script {
  // Nothing is due to who has said nothing, so that this waits for nothing; without a model nobody knows that.
  return { steps: [model === undefined ? { do: 'pause', ms: 1 } : { do: 'await' }], cuts: [] }
}

function insideMessage(chance: Random, protocol: Protocol): Script {
  const message = makeMessage(chance, protocol)
  return { steps: [{ do: 'send', bytes: message.subarray(0, chance.nextInt(1, message.length)) }], cuts: [] }
}
