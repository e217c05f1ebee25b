import { oneIn, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Failure, Property } from '../src/harness/property.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { disconnected } from './disconnect.ts'
import { pipelined } from './scripts.ts'

/** Plays before anything is counted (pools fill, caches warm), then a row, and a longer one that must bear it out. */
const ROWS = [10, 20, 40] as const

/** A lost descriptor in every fourth play is a leak; a pool that grows by a few is none. */
const PLAYS_FOR_ONE = 4

/** What a connection takes is given back when it is over. */
export const leak: Property = {
  id: 'any/leak',
  claim: 'What a connection takes (descriptors, threads, processes) is given back within 2 seconds after it is over.',
  source: 'close(2), wait(2): what is not given back is gone when the limit is reached, and then the server is',
  // The manual pages set no date, and the 2 seconds are ours: who gives back later may have reasons (a collector that has
  // not run yet). What is never given back ends in a server that no longer serves, and that is a must of other claims.
  level: 'should',
  series: ROWS,
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      const connections = Array.from({ length: pick(chance, [1, 2, 3]) }, () =>
        oneIn(chance, 3)
          ? { steps: pipelined(makeMessages(chance, protocol, 2)), cuts: [] }
          : disconnected(chance, protocol),
      )
      return { connections, turns: [] }
    }),
  check: (_, transcripts) => grown(transcripts) ?? { is: 'pass' },
}

const KINDS = ['descriptors', 'threads', 'processes'] as const

/** The first resource that grew in both rows, the second time at least half as fast. */
function grown(transcripts: readonly Transcript[]): Failure | { is: 'inconclusive'; why: string } | undefined {
  const [before, between, after] = transcripts.map(({ resources }) => resources)
  if (before === undefined || between === undefined || after === undefined)
    return { is: 'inconclusive', why: 'the processes of the server cannot be seen' }
  for (const kind of KINDS) {
    const [first, second] = [between[kind] - before[kind], after[kind] - between[kind]]
    if (first < ROWS[1] / PLAYS_FOR_ONE || second < ROWS[2] / PLAYS_FOR_ONE || second < first) continue
    return {
      is: 'fail',
      rule: `leaks-${kind}`,
      expected: `no more ${kind} after ${ROWS[1]} and ${ROWS[2]} further plays than before them`,
      actual: `${before[kind]}, then ${between[kind]}, then ${after[kind]} ${kind}`,
    }
  }
  return undefined
}
