import type { Random } from 'fast-check'
import type { Case, Script, Step } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { placeCuts } from '../src/harness/generate/cuts.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { pipelined, sends } from './scripts.ts'
import { shortMessage } from './shortest.ts'
import { aloneAndTogether, hasWitness, judgeWitness } from './witness.ts'

/** What one connection suffers never touches another: the last of these is a witness that behaves well. */
export const isolation: Property = {
  id: 'any/isolation',
  claim: "One connection's trouble (half a frame, garbage, RST, silence) never touches another.",
  source: 'RFC 9293 section 3.4: a connection is a pair of sockets with a state of its own',
  // Bytes that reach the wrong client are told by the same rule as a client that has to wait: no excuse for the one may
  // hide the other. A server that is meant to serve one client at a time is what a baseline is for.
  level: 'must',
  // Where one client has to wait for another, each case takes a deadline.
  shares: 3,
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const troubled = Array.from({ length: pick(chance, [1, 1, 2, 3]) }, () => inTrouble(chance, protocol))
      const messages = makeMessages(chance, protocol, 3)
      const cuts = oneIn(chance, 2) ? [] : placeCuts(chance, messages, protocol.codec)
      const witness: Script = { steps: pipelined(messages), cuts }
      return { connections: [...troubled, witness], turns: interleaved(chance, troubled.length + 1) }
    }),
  firsts: [besideSilence],
  admits: hasWitness,
  plays: aloneAndTogether,
  check: (plays, transcripts, protocol) => judgeWitness(plays, transcripts, protocol, 'disturbed'),
}

/** One client connects and says nothing, and another one says the shortest of some messages meanwhile. */
function besideSilence(protocol: Protocol): Case {
  const silent: Script = { steps: [{ do: 'pause', ms: 1 }], cuts: [] }
  const witness: Script = { steps: pipelined([shortMessage(protocol)]), cuts: [] }
  // It connects, and is there until the witness has waited in vain.
  return { connections: [silent, witness], turns: [0, 1, 1, 1] }
}

/** A client that stops inside a message, says something malformed, is reset, or is merely busy with messages torn apart. */
function inTrouble(chance: Random, protocol: Protocol): Script {
  const messages = makeMessages(chance, protocol, 3)
  const bad = protocol.bad ?? []
  const kind = chance.nextInt(0, 3)
  if (kind === 0 && bad.length > 0) messages.push(pick(chance, bad).bytes.generate(chance, undefined).value)
  const last = messages.at(-1) as Uint8Array
  if (kind === 1 && last.length > 1)
    messages[messages.length - 1] = last.subarray(0, chance.nextInt(1, last.length - 1))
  const cuts = placeCuts(chance, messages, protocol.codec)
  const rest: Step[] = kind === 3 ? [{ do: 'await' }] : oneIn(chance, 2) ? [{ do: 'reset' }] : []
  return { steps: [...sends(messages), ...rest], cuts }
}

/** An order of moves in which the connections take turns; the last one, the witness, goes on while others wait. */
function interleaved(chance: Random, connections: number): number[] {
  const turns = Array.from({ length: chance.nextInt(1, 3 * connections) }, () => chance.nextInt(0, connections - 1))
  return [...turns, ...Array.from({ length: 4 }, () => connections - 1)]
}
