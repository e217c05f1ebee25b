import type { Random } from 'fast-check'
import type { Case, Script, Step } from '../src/harness/case.ts'
import { chanceFor, pick } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeLongMessage } from '../src/harness/generate/long-message.ts'
import { hear } from '../src/harness/hear.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Transcript } from '../src/harness/transcript.ts'
import { ownTrouble } from './judge.ts'
import { onceFor } from './once-for.ts'
import { sends } from './scripts.ts'

const MIB = 1_048_576

/** Bytes of a message, as many as the protocol has room for; the clients of one play say 1 MiB together. */
const SIZES = [MIB, MIB / 2, MIB / 4]

/**
 * Plays before anything is counted, for heaps to grow to what the case takes, and then rows that must bear each other out. A
 * collector lets garbage lie until it is worth its while: 64 MiB in Node, which all but the last row leave behind.
 */
const ROWS = [16, 32, 64, 128] as const

/** Bytes for each play. Less is a pool that fills, a cache, the garbage of a collector. */
const LEAST_KEPT = MIB / 2

/** Who is gone takes no memory. */
export const forgets: Property = {
  id: 'any/forgets',
  claim:
    'What clients have said takes no memory when they are gone: 224 MiB of it, in pieces of 1 MiB, leave less than half of each.',
  source:
    'CWE-401 (memory not released after its effective lifetime): buffers and tables by connection grow until there is no room',
  // No document says when memory is given back, and a collector may have reasons to wait for more than this.
  level: 'should',
  notFor: cannotBeLong,
  series: ROWS,
  looksAt: 'resident-set',
  // What is kept is kept for ever, and of a fresh server 240 MiB at the most.
  onFresh: true,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  first: (protocol) => caseOf(longExample(protocol), 'inside', 'reset'),
  // Who says less leaves less, and of what is refused at its first byte nothing is taken in.
  admits: ({ connections }, protocol) =>
    connections.length > 0 && connections.every((script) => isGone(script, protocol, MIB / connections.length)),
  check: (_, transcripts) => {
    const trouble = ownTrouble(transcripts.flatMap(({ connections }) => connections))
    return trouble === undefined ? judged(transcripts) : { is: 'inconclusive', why: trouble }
  },
}

type Where = 'inside' | 'behind'

function makeCase(chance: Random, protocol: Protocol): Case {
  const message = makeLongMessage(chance, protocol, SIZES) ?? longExample(protocol)
  return caseOf(message, pick(chance, ['inside', 'behind']), pick(chance, ['reset', 'end']))
}

/** Clients that are gone inside a message, but for its last byte, or behind it. The server has read all but a byte of it. */
function caseOf(message: Uint8Array | undefined, where: Where, last: 'reset' | 'end'): Case {
  if (message === undefined) throw new TypeError('the protocol has no long messages: ask notFor first')
  const said = where === 'inside' ? message.subarray(0, -1) : message
  const steps: Step[] = [...sends([said]), { do: last }]
  const clients = Math.floor(MIB / message.length) || 1
  return { connections: Array.from({ length: clients }, () => ({ steps, cuts: [said.length - 1] })), turns: [] }
}

/** Whether somebody says one message of so many bytes, or all of it but the last one, and is gone, with nothing waited for. */
function isGone({ steps, cuts }: Script, { codec }: Protocol, size: number): boolean {
  const [send, last, ...others] = steps
  if (send?.do !== 'send' || (last?.do !== 'reset' && last?.do !== 'end') || others.length > 0) return false
  const { length } = send.bytes
  if (length < size - 1 || cuts.length !== 1 || cuts[0] !== length - 1) return false
  if (codec.counts === 'bytes') return true
  const { frames, bad } = hear(codec, send.bytes, false)
  return bad === undefined && frames.length <= 1
}

/** Of the first row nothing can be told; of each that follows, that it did not grow, or that the next may bear it out. */
function judged(transcripts: readonly Transcript[]): Verdict {
  const held = transcripts.map(({ resources }) => resources?.residentBytes)
  const seen = held.filter((bytes) => bytes !== undefined)
  if (seen.length < held.length) return { is: 'inconclusive', why: 'the memory of the server cannot be seen' }
  // Time to give back may let it shrink: what the last row adds to must be the most that there was.
  const grown = seen.slice(1).map((bytes, before) => bytes - Math.max(...seen.slice(0, before + 1)))
  if (grown.some((bytes, at) => bytes < (ROWS[at + 1] ?? 0) * LEAST_KEPT)) return { is: 'pass' }
  if (seen.length < ROWS.length) return { is: 'inconclusive', why: 'rows of plays that would bear it out are missing' }
  return {
    is: 'fail',
    rule: 'keeps',
    expected: `less than ${inMib(LEAST_KEPT)} MiB more memory for each time that 1 MiB was said and its clients are gone`,
    actual: `${grown.map((bytes, at) => `${inMib(bytes)} MiB more after ${ROWS[at + 1]} times`).join(', ')}`,
  }
}

function inMib(bytes: number): string {
  return `${Math.round((10 * bytes) / MIB) / 10}`
}

/** Why of this protocol nothing can be told. */
function cannotBeLong(protocol: Protocol): string | undefined {
  return hasLong(protocol)
    ? undefined
    : `the messages of protocol ${protocol.name} cannot be made ${SIZES.at(-1)} bytes long`
}

const hasLong = onceFor((protocol) => longExample(protocol) !== undefined)

function longExample(protocol: Protocol): Uint8Array | undefined {
  return makeLongMessage(chanceFor(0, 'forgets', 0), protocol, SIZES)
}
