import { hidden, MUCH, mostGrown } from '../src/harness/address-space.ts'
import type { Case, Script } from '../src/harness/case.ts'
import { chanceFor, oneIn } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeMessages } from '../src/harness/generate/messages.ts'
import type { Property } from '../src/harness/property.ts'
import type { BadFrame, Protocol } from '../src/harness/protocol.ts'
import { sanity } from './sanity.ts'
import { lockstep, pipelined, waitsForAll } from './scripts.ts'

const GIB = 1_073_741_824

/** Plain conversations before a case, one after another: threads, heaps and whatever is loaded for the first clients. */
const PLAIN = 3

/** Room is made for what has come, and not for what was announced. */
export const announced: Property = {
  id: 'any/announced',
  claim: 'A length takes no room before its bytes come: for one over the limit no process reserves 1.75 GiB.',
  source: 'CWE-789 (allocation with excessive size value): a few bytes that announce many take a server its memory',
  // What is reserved and never touched costs little, until there is a limit to it.
  level: 'should',
  notFor: (protocol) =>
    oversizeOf(protocol).length === 0
      ? `protocol ${protocol.name} has no messages that announce more than they may hold`
      : undefined,
  // How much a message announces is its own affair: of a few, some announce enough.
  weight: 25,
  looksAt: 'address-space',
  oneAtATime: true,
  // What was reserved once and given back is never forgotten, so that it shows the first time only.
  onFresh: true,
  cases: (protocol) =>
    new CaseArbitrary(protocol.codec, (chance) => {
      // Those before it tell the cases of a run apart.
      const before = makeMessages(chance, protocol, 2)
      const oversize = oversizeOf(protocol).map(({ bytes }) => bytes.generate(chance, undefined).value)
      const steps = (oneIn(chance, 2) ? lockstep : pipelined)([...before, ...oversize])
      return { connections: [{ steps, cuts: [] }], turns: [] }
    }),
  // One client: threads for several would be too much. It waits for answers, and is looked at when it was heard.
  admits: ({ connections }) => connections.length === 1 && connections.every(waitsForAll),
  plays: (subject, protocol) => [unannounced(subject, protocol), subject],
  check: (_, transcripts) => {
    const [before, after] = transcripts.map(({ addressSpaces }) => addressSpaces)
    if (before === undefined || after === undefined)
      return { is: 'inconclusive', why: 'the processes of the server cannot be seen' }
    const grown = mostGrown(before, after)
    if (grown < MUCH) return before.some((each) => hidden(each) >= MUCH) ? HIDDEN : { is: 'pass' }
    return {
      is: 'fail',
      rule: 'reserves',
      expected: `less than ${MUCH / GIB} GiB of address space is reserved for what was only announced`,
      actual: `a process of the server reserved ${(grown / GIB).toFixed(1)} GiB`,
    }
  },
}

const HIDDEN = {
  is: 'inconclusive',
  why: `the server has reserved ${MUCH / GIB} GiB before and given it back; to do so again would not show until it is started again`,
} as const

function oversizeOf({ bad = [] }: Protocol): readonly BadFrame[] {
  return bad.filter(({ kind }) => kind === 'oversize')
}

/**
 * Everything but what was announced: a client that ends within the first byte of the length, so that what a server takes to
 * refuse somebody is taken already, and plain ones.
 */
function unannounced({ connections: [script] }: Case, protocol: Protocol): Case {
  const plain = sanity.cases(protocol).generate(chanceFor(0, sanity.id, 0), undefined).value.connections
  return { connections: [...begun(script), ...Array.from({ length: PLAIN }, () => plain).flat()], turns: [] }
}

function begun(script: Script | undefined): Script[] {
  const last = script?.steps.flatMap((step) => (step.do === 'send' ? [step.bytes] : [])).at(-1)
  return last === undefined ? [] : [{ steps: [{ do: 'send', bytes: last.subarray(0, 1) }, { do: 'end' }], cuts: [] }]
}
