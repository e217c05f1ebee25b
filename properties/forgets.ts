import type { Random } from 'fast-check'
import { type Case, type Script, type Step, sentBytes } from '../src/harness/case.ts'
import { chanceFor } from '../src/harness/chance.ts'
import { CaseArbitrary } from '../src/harness/generate/case-arbitrary.ts'
import { makeLongMessage } from '../src/harness/generate/long-message.ts'
import { hear } from '../src/harness/hear.ts'
import type { Property, Verdict } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import type { Account, Transcript } from '../src/harness/transcript.ts'
import { ownTrouble } from './judge.ts'
import { onceFor } from './once-for.ts'
import { sends } from './scripts.ts'

const MIB = 1_048_576

/** Bytes of a message, as many as the protocol has room for; clients that go in the same way say 1 MiB together. */
const SIZES = [MIB, MIB / 2, MIB / 4]

/** How a client may go. What a server forgets of the one, it may keep of the other. */
const WAYS = ['reset', 'end'] as const

/**
 * Plays before anything is counted, for heaps to grow to what the case takes, and then rows that must bear each other out. What
 * is given back late, by a timer, is garbage when the last but one begins, and collected in it: the last one grows no further.
 */
const ROWS = [8, 24, 64, 64, 64] as const

/** Bytes for each play. Less is a pool that fills, a cache, what pieces of a heap lie between others. */
const LEAST_KEPT = MIB / 2

/** Bytes that a collector may let lie, in each process, before it begins: 64 MiB of buffers in Node. */
const GARBAGE = 64 * MIB

/** Who is gone takes no memory. */
export const forgets: Property = {
  id: 'any/forgets',
  claim:
    'What a client has said of a message takes no memory when it is gone: of 1 MiB each, 216 times, less than half is kept.',
  source:
    'CWE-401 (memory not released after its effective lifetime): buffers by connection that nobody frees, until there is no room',
  // No document says when memory is given back, and a collector may have reasons to wait for more than this.
  level: 'should',
  notFor: cannotBeLong,
  series: ROWS,
  // Each play moves 2 MiB; another message, or the same in another run, tells nothing new.
  weight: 10,
  looksAt: 'heap',
  // What is kept is kept for ever.
  onFresh: true,
  cases: (protocol) => new CaseArbitrary(protocol.codec, (chance) => makeCase(chance, protocol)),
  firsts: [(protocol) => caseOf(longExample(protocol))],
  // Who says less leaves less, and of what is refused at its first byte nothing is taken in.
  admits: ({ connections }, protocol) =>
    connections.reduce((total, script) => total + sentBytes(script).length + 1, 0) >= MIB &&
    connections.every((script) => goesInside(script, protocol)),
  check: (_, transcripts) => {
    const trouble = ownTrouble(transcripts.flatMap(({ connections }) => connections))
    return trouble === undefined ? judged(transcripts) : { is: 'inconclusive', why: trouble }
  },
}

function makeCase(chance: Random, protocol: Protocol): Case {
  return caseOf(makeLongMessage(chance, protocol, SIZES) ?? longExample(protocol))
}

/** Clients that go before the last byte of a message. The server has read all of it but for one byte more. */
function caseOf(message: Uint8Array | undefined): Case {
  if (message === undefined) throw new TypeError('the protocol has no long messages: ask notFor first')
  const said = message.subarray(0, -1)
  const script = (way: 'reset' | 'end'): Script => ({
    steps: [...sends([said]), { do: way } satisfies Step],
    cuts: [said.length - 1],
  })
  const clients = Array.from({ length: Math.ceil(MIB / message.length) }, () => WAYS.map(script))
  return { connections: clients.flat(), turns: [] }
}

/** Whether somebody says a part of a message, all but a byte of it is read, and is gone, with nothing waited for. */
function goesInside({ steps, cuts }: Script, { codec }: Protocol): boolean {
  const [send, last, ...others] = steps
  if (send?.do !== 'send' || (last?.do !== 'reset' && last?.do !== 'end') || others.length > 0) return false
  if (cuts.length !== 1 || cuts[0] !== send.bytes.length - 1) return false
  if (codec.counts === 'bytes') return true
  const { frames, bad } = hear(codec, send.bytes, false)
  return bad === undefined && frames.length === 0
}

/** Of the first row nothing can be told; of each that follows, that it did not grow, or that the next may bear it out. */
function judged(transcripts: readonly Transcript[]): Verdict {
  const held = transcripts.map(({ resources }) => resources?.anonymousBytes)
  const seen = held.filter((bytes) => bytes !== undefined)
  if (seen.length < held.length) return { is: 'inconclusive', why: 'the memory of the server cannot be seen' }
  // In the time to give it back it may shrink: what a row adds to must be the most that there was.
  const grown = seen.slice(1).map((bytes, before) => bytes - Math.max(...seen.slice(0, before + 1)))
  if (grown.some((bytes, at) => bytes < (ROWS[at + 1] ?? 0) * LEAST_KEPT)) return { is: 'pass' }
  if (seen.length < ROWS.length) {
    // Each play more would wait for it in vain, and cost a server that hangs another process.
    if (transcripts.every(leftUnread)) return { is: 'inconclusive', why: 'not all that clients said was read' }
    return { is: 'inconclusive', why: 'rows of plays that would bear it out are missing', early: true }
  }
  const processes = Math.max(...transcripts.map(({ resources }) => resources?.processes ?? 1))
  if ((seen.at(-1) ?? 0) - (seen[0] ?? 0) <= processes * GARBAGE) return { is: 'pass' }
  return {
    is: 'fail',
    rule: 'keeps',
    expected: `less than ${inMib(LEAST_KEPT)} MiB more memory for each time that clients have said 1 MiB and are gone`,
    actual: grown.map((bytes, at) => `${inMib(bytes)} MiB more after ${ROWS[at + 1]} times`).join(', '),
  }
}

/** Whether the server read all but a byte of what one client said, so that this can be seen, and not of what another did. */
function leftUnread({ connections }: Transcript): boolean {
  const isProven = ({ cuts }: Account): boolean => cuts.proven === cuts.requested
  return connections.some(isProven) && !connections.every(isProven)
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
