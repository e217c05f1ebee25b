import type { Random } from 'fast-check'
import type { Case, Script, Step } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessage } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { pipelined } from './scripts.ts'
import { shortMessage } from './shortest.ts'
import { aloneAndTogether, hasWitness, judgeWitness } from './witness.ts'

/** Clients that come at once, besides those who are answered: 64 in all at the most. */
const SIZES = [8, 17, 33, 50, 61]

/** Many clients that come at once and are gone at once leave the server as it was. */
export const burst: Property = {
  id: 'any/burst',
  claim:
    'After a burst of clients that connect and are gone (RST or FIN, most of them without a word) others are served.',
  source: 'RFC 9293 section 3.10.7.4: RST ends one connection; accept(2): what is to be done about those that are gone',
  level: 'must',
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  firsts: [largest],
  admits: hasWitness,
  plays: aloneAndTogether,
  weight: 10,
  oneAtATime: true,
  check: (plays, transcripts, protocol) => judgeWitness(plays, transcripts, protocol, 'not-served'),
}

function makeCase(chance: Random, protocol: Protocol): Case {
  // All of them are there before the first is gone, or one is gone before the next comes.
  const stay = oneIn(chance, 2)
  const begun = oneIn(chance, 3) ? makeMessage(chance, protocol) : undefined
  const ways = pick<Way[]>(chance, [['reset'], ['reset'], ['end'], ['reset', 'end']])
  const gone = Array.from({ length: pick(chance, SIZES) }, () =>
    goes(chance, protocol, stay, begun, pick(chance, ways)),
  )
  const [message, fresh] = [makeMessage(chance, protocol), makeMessage(chance, protocol)]
  return stay ? allAtOnce(gone, message, fresh) : oneByOne(gone, message, fresh)
}

/** As many as there may be at once, without a word, half of whom are reset. */
function largest(protocol: Protocol): Case {
  const gone = Array.from({ length: Math.max(...SIZES) }, (_, at): Script => {
    return { steps: [silence(protocol), { do: at % 2 === 0 ? 'reset' : 'end' }], cuts: [] }
  })
  const message = shortMessage(protocol)
  return allAtOnce(gone, message, message)
}

/** All of them are there, which the answer to one who comes last shows, before the first is gone; then a fresh one comes. */
function allAtOnce(gone: readonly Script[], message: Uint8Array, fresh: Uint8Array): Case {
  // A server that has room for so many has heard by the second answer who is gone: it may turn away who comes before that.
  const [stays, last] = [answeredTimes(3, message), answeredTimes(1, message)]
  const [all, its] = [gone.map((_, at) => at + 1), gone.length + 1]
  // Who has said something has ended with it.
  const silent = all.filter((on) => gone[on - 1]?.steps[0]?.do !== 'send')
  return { connections: [stays, ...gone, last, witness(fresh)], turns: [0, 0, ...all, its, its, ...silent, its] }
}

/** Each of them is gone before the next comes; then one who is answered, and a fresh one. */
function oneByOne(gone: readonly Script[], message: Uint8Array, fresh: Uint8Array): Case {
  return { connections: [...gone, answeredTimes(2, message), witness(fresh)], turns: [] }
}

/** Is answered so many times, and resets. */
function answeredTimes(times: number, message: Uint8Array): Script {
  const answers = Array.from({ length: times }, () => pipelined([message]))
  return { steps: [...answers.flat(), { do: 'reset' }], cuts: [] }
}

function witness(message: Uint8Array): Script {
  return { steps: pipelined([message]), cuts: [] }
}

type Way = 'reset' | 'end'

/** Connects, perhaps begins to say something, and is gone. */
function goes(chance: Random, protocol: Protocol, stays: boolean, begun: Uint8Array | undefined, way: Way): Script {
  const said: Step =
    begun !== undefined && oneIn(chance, 2)
      ? { do: 'send', bytes: begun.subarray(0, chance.nextInt(1, begun.length)) }
      : silence(protocol)
  return { steps: [...(stays || said.do === 'send' ? [said] : []), { do: way }], cuts: [] }
}

/** Nothing is due to who has said nothing, so that this waits for nothing; without a model nobody knows that. */
function silence({ model }: Protocol): Step {
  return model === undefined ? { do: 'pause', ms: 1 } : { do: 'await' }
}
