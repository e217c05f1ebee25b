import type { Random } from 'fast-check'
import type { Case, Script, Step } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../src/harness/generate/cuts.ts'
import { makeMessage, makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { pipelined, sends } from './scripts.ts'
import { shortMessage } from './shortest.ts'
import { aloneAndTogether, hasWitness, judgeWitness } from './witness.ts'

/** After FIN or RST at any byte, a fresh connection is served. */
export const disconnect: Property = {
  id: 'any/disconnect',
  claim: 'After a client is gone (FIN or RST at any byte, even inside a header) a fresh connection is served.',
  source: 'RFC 9293 sections 3.6 and 3.10.7: the end of one connection is the end of that one only',
  level: 'must',
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const gone = Array.from({ length: pick(chance, [1, 1, 1, 2, 3]) }, () => disconnected(chance, protocol))
      const fresh: Script = { steps: pipelined([makeMessage(chance, protocol)]), cuts: [] }
      return { connections: [...gone, fresh], turns: [] }
    }),
  firsts: [afterReset],
  admits: hasWitness,
  plays: aloneAndTogether,
  check: (plays, transcripts, protocol) => judgeWitness(plays, transcripts, protocol, 'not-served'),
}

/** A client that resets without a word, and then one that says the shortest of some messages. */
function afterReset(protocol: Protocol): Case {
  const gone: Script = { steps: [{ do: 'reset' }], cuts: [] }
  const fresh: Script = { steps: pipelined([shortMessage(protocol)]), cuts: [] }
  return { connections: [gone, fresh], turns: [] }
}

/** A client that sends some messages, the last one perhaps malformed or not whole, and is gone. */
export function disconnected(chance: Random, protocol: Protocol): Script {
  const messages = oneIn(chance, 8) ? [] : makeMessages(chance, protocol, 5)
  const { bad = [] } = protocol
  const last = messages.at(-1)
  // What a server takes for a client that it refuses is given back on a path of its own.
  if (bad.length > 0 && oneIn(chance, 4)) messages.push(pick(chance, bad).bytes.generate(chance, undefined).value)
  else if (last !== undefined && !oneIn(chance, 3)) {
    messages[messages.length - 1] = last.subarray(0, chance.nextInt(1, last.length))
  }
  const cuts = placeCuts(chance, messages, protocol.codec)
  const before: Step[] = oneIn(chance, 3) && messages.length > 0 ? pipelined(messages) : sends(messages)
  const steps: Step[] = [...before, { do: oneIn(chance, 3) ? 'end' : 'reset' }]
  return { steps, cuts }
}
