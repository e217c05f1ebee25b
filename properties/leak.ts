import type { Case, Script } from '../src/harness/case.ts'
import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { COUNTED, holdsAsMuch } from '../src/harness/resources.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { disconnected } from './disconnect.ts'
import { ownTrouble } from './judge.ts'
import { pipelined, sends } from './scripts.ts'
import { shortMessage } from './shortest.ts'

/** Plays in which pools fill and caches warm, then a row, and a longer one that must bear it out. */
const ROWS = [10, 20, 40] as const

/** A lost descriptor in every fourth play is a leak; a pool that grows by a few is none. */
const PLAYS_FOR_ONE = 4

/** What a connection takes is given back when it is over. */
export const leak: Property = {
  id: 'any/leak',
  claim:
    'What a connection takes (sockets, descriptors, threads, processes) is given back within 2 seconds after it is over.',
  source: 'close(2), wait(2): what is not given back is gone when the limit is reached, and then the server is',
  // The manual pages set no date, and the 2 seconds are ours: who gives back later may have reasons (a collector that has
  // not run yet). What is never given back ends in a server that no longer serves, and that is a must of other claims.
  level: 'should',
  series: ROWS,
  looksAt: 'resources',
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const connections = Array.from({ length: pick(chance, [1, 2, 3]) }, () =>
        oneIn(chance, 3)
          ? { steps: pipelined(makeMessages(chance, protocol, 2)), cuts: [] }
          : disconnected(chance, protocol),
      )
      return { connections, turns: [] }
    }),
  firsts: [eachWayToGo],
  check: (_, transcripts) => {
    const trouble = ownTrouble(transcripts.flatMap(({ connections }) => connections))
    return trouble === undefined ? judged(transcripts) : { is: 'inconclusive', why: trouble }
  },
}

/** One is reset without a word, one ends inside a message, or behind it where that is one byte, and one is answered and closes. */
function eachWayToGo(protocol: Protocol): Case {
  const message = shortMessage(protocol)
  const begun = message.subarray(0, Math.max(1, message.length - 1))
  const scripts: Script['steps'][] = [[{ do: 'reset' }], [...sends([begun]), { do: 'end' }], pipelined([message])]
  return { connections: scripts.map((steps) => ({ steps, cuts: [] })), turns: [] }
}

/** What is counted, as the rule and the report call it. */
const NAMES = {
  closeWait: ['sockets', 'connections that the client has ended'],
  descriptors: ['descriptors', 'descriptors'],
  threads: ['threads', 'threads'],
  processes: ['processes', 'processes'],
} as const

/** That nothing changed in the first row, or grew in one that follows; or that the next may bear it out. */
function judged(transcripts: readonly Transcript[]): Verdict {
  const seen = transcripts.flatMap(({ resources }) => (resources === undefined ? [] : [resources]))
  if (seen.length < transcripts.length) return { is: 'inconclusive', why: 'the processes of the server cannot be seen' }
  // Exactly what it was, and not merely no more: what was still held of earlier cases would have to be given back in just the
  // measure in which these plays took, to hide it.
  if (holdsAsMuch(seen[0], transcripts[0]?.heldBefore)) return { is: 'pass' }
  for (const kind of COUNTED) {
    const [name, things] = NAMES[kind]
    const held = seen.flatMap((resources) => resources[kind] ?? [])
    if (held.length === 0) continue
    if (held.length < seen.length) return { is: 'inconclusive', why: `${things} could not be counted each time` }
    if (!growsOn(held)) continue
    if (held.length < ROWS.length)
      return { is: 'inconclusive', why: 'rows of plays that would bear it out are missing', early: true }
    return {
      is: 'fail',
      rule: `leaks-${name}`,
      expected: `no more ${things} after ${ROWS[1]} and ${ROWS[2]} further plays than before them`,
      actual: `${held.join(', then ')} ${things}`,
    }
  }
  return { is: 'pass' }
}

/** Whether it grew in each row that is counted, with one for every few plays, and no less than in the row before. */
function growsOn(held: readonly number[]): boolean {
  const grown = held.slice(1).map((count, before) => count - (held[before] ?? 0))
  return grown.every((by, at) => by >= (ROWS[at + 1] ?? 0) / PLAYS_FOR_ONE && by >= (grown[at - 1] ?? by))
}
