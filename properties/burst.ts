import type { Random } from 'fast-check'
import type { Case, Script, Step } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessage } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { pipelined } from './scripts.ts'
import { aloneAndTogether, hasWitness, judgeWitness } from './witness.ts'

/** Clients that come at once; where all of them stay for a while, one more, who is answered. */
const SIZES = [8, 17, 33, 50, 62]

/** Many clients that come at once and are gone at once leave the server as it was. */
export const burst: Property = {
  id: 'any/burst',
  claim:
    'After a burst of clients that connect and are gone (RST or FIN, most of them without a word) others are served.',
  source: 'RFC 9293 section 3.10.7.4: RST ends one connection; accept(2): what is to be done about those that are gone',
  level: 'must',
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  admits: hasWitness,
  plays: aloneAndTogether,
  weight: 10,
  oneAtATime: true,
  check: (plays, transcripts, protocol) => judgeWitness(plays, transcripts, protocol, 'not-served'),
}

function makeCase(chance: Random, protocol: Protocol): Case {
  // All of them are there before the first is gone, which the answer to the last one shows; or one is gone before the next
  // comes.
  const stay = oneIn(chance, 2)
  const begun = oneIn(chance, 3) ? makeMessage(chance, protocol) : undefined
  const ways = pick<Way[]>(chance, [['reset'], ['reset'], ['end'], ['reset', 'end']])
  const gone = Array.from({ length: pick(chance, SIZES) }, () =>
    goes(chance, protocol, stay, begun, pick(chance, ways)),
  )
  const fresh: Script = { steps: pipelined([makeMessage(chance, protocol)]), cuts: [] }
  if (!stay) return { connections: [...gone, fresh], turns: [] }
  const last: Script = { steps: [...pipelined([makeMessage(chance, protocol)]), { do: 'reset' }], cuts: [] }
  const connections = [...gone, last, fresh]
  return { connections, turns: [...gone.map((_, on) => on), gone.length, gone.length] }
}

type Way = 'reset' | 'end'

/** Connects, perhaps begins to say something, and is gone. */
function goes(chance: Random, { model }: Protocol, stays: boolean, begun: Uint8Array | undefined, way: Way): Script {
  const said: Step[] =
    begun !== undefined && oneIn(chance, 2)
      ? [{ do: 'send', bytes: begun.subarray(0, chance.nextInt(1, begun.length)) }]
      : // Nothing is due to who has said nothing, so that this waits for nothing; without a model nobody knows that.
        [model === undefined ? { do: 'pause', ms: 1 } : { do: 'await' }]
  return {
    steps: [...(stays || said[0]?.do === 'send' ? said : []), { do: way }],
    cuts: [],
  }
}
