// Failures to shrink, each with the smallest case that still fails so: what a shrinker must come to.

import { type Case, type Script, sentBytes } from '../case.ts'
import { digest } from '../shrink/shrink.ts'
import { frames, lines, type MessageKind, rawBytes, text } from './message-kinds.ts'
import { alone, end, script, send } from './steps.ts'

/** A failure that can be told without a server. */
export interface Predicate {
  readonly name: string
  /** What its cases are made of. */
  readonly of: MessageKind
  readonly fails: (subject: Case) => boolean
  /** The smallest case, or what tells one where there are several. */
  readonly least: Case | ((subject: Case) => boolean)
}

/** Data bytes of a message at the most. */
const MOST = 2_000
const ofFrames = frames(MOST)
const { codec } = ofFrames
const ofBytes = rawBytes(MOST)

export const predicates: readonly Predicate[] = [
  {
    name: 'some frame has 300 data bytes or more',
    of: ofFrames,
    fails: anySend((bytes) => dataOf(bytes).length >= 300 && isWhole(bytes)),
    least: ({ connections: [{ steps, cuts } = script([])] }) =>
      steps.length === 1 && cuts.length === 0 && steps[0]?.do === 'send' && plainData(steps[0].bytes) === 300,
  },
  {
    name: 'a cut inside the length field of any frame',
    of: ofFrames,
    fails: anyCut((bytes, offset) =>
      codec.fields(bytes).some(({ part, start, end }) => part === 'length' && start < offset && offset < end),
    ),
    least: ({ connections: [{ steps, cuts } = script([])] }) =>
      steps.length === 1 && cuts.join() === '1' && steps[0]?.do === 'send' && steps[0].bytes.length === 2,
  },
  {
    name: 'two connections of which the first is reset',
    of: ofFrames,
    fails: ({ connections: [first, second] }) => second !== undefined && hasReset(first),
    least: ({ connections, turns }) =>
      connections.map(({ steps }) => steps.length).join() === '1,1' && turns.length === 0 && hasReset(connections[0]),
  },
  {
    name: 'a 0x00 before a 0xff',
    of: ofBytes,
    fails: ({ connections }) =>
      connections.some(
        (each) =>
          sentBytes(each).includes(0xff, Math.max(0, sentBytes(each).indexOf(0))) && sentBytes(each).includes(0),
      ),
    least: ({ connections }) =>
      connections.length === 1 && Buffer.from(sentBytes(connections[0] as Script)).equals(Buffer.of(0, 0xff)),
  },
  {
    name: 'a wrong checksum somewhere',
    of: ofFrames,
    fails: anySend((bytes) =>
      codec
        .decoder()
        .push(bytes)
        .some((item) => item.is === 'bad' && item.kind === 'checksum'),
    ),
    least: ({ connections: [{ steps, cuts } = script([])] }) =>
      steps.length === 1 && cuts.length === 0 && steps[0]?.do === 'send' && steps[0].bytes.length === 9,
  },
  {
    name: 'a character torn',
    of: text(MOST),
    fails: anyCut((bytes, offset) => ((bytes[offset] ?? 0) & 0xc0) === 0x80),
    least: ({ connections: [{ steps, cuts } = script([])] }) => steps.length === 1 && cuts.join() === '1',
  },
  {
    name: 'a \\r\\n torn',
    of: lines(MOST),
    fails: anyCut((bytes, offset) => bytes[offset - 1] === 0x0d && bytes[offset] === 0x0a),
    least: alone([send('\r\n')], [1]),
  },
  {
    name: 'a line that is empty',
    of: lines(MOST),
    fails: anySend((bytes) => /^\r?\n$/.test(Buffer.from(bytes).toString('latin1'))),
    least: alone([send('\n')]),
  },
  {
    name: 'more than 20 characters',
    of: text(MOST),
    fails: anySend((bytes) => [...Buffer.from(bytes).toString()].length > 20),
    least: alone([send('a'.repeat(21))]),
  },
  {
    name: 'ten bytes or more torn from what follows',
    of: ofBytes,
    fails: ({ connections }) =>
      connections.some((each) => each.cuts.some((cut) => cut >= 10 && cut < sentBytes(each).length)),
    least: alone([send('a'.repeat(11))], [10]),
  },
  {
    name: 'somebody speaks while another is connected',
    of: ofBytes,
    fails: ({ connections }) =>
      connections.length > 1 && connections.at(-1)?.steps.some(({ do: does }) => does === 'send') === true,
    least: ({ connections: [first, second = script([])] }) =>
      first?.steps.length === 1 &&
      first.steps[0]?.do !== 'send' &&
      digest({ connections: [second], turns: [] }) === digest(alone([send('a')])),
  },
  {
    name: 'a FIN torn from the last byte',
    of: ofBytes,
    fails: ({ connections }) =>
      connections.some((each) => each.steps.at(-1)?.do === 'end' && each.cuts.at(-1) === sentBytes(each).length),
    least: alone([send('a'), end], [1]),
  },
  {
    name: 'an RST after a pause of 3 ms or more',
    of: ofBytes,
    fails: ({ connections }) =>
      connections.some(
        ({ steps }) => steps.some((step) => step.do === 'pause' && step.ms >= 3) && hasReset({ steps, cuts: [] }),
      ),
    least: ({ connections: [{ steps } = script([])] }) =>
      steps.length === 2 && steps.some((step) => step.do === 'pause' && step.ms < 6),
  },
  {
    name: 'an RST that does not come at once',
    of: ofBytes,
    fails: ({ connections }) =>
      connections.some(
        ({ steps }) =>
          steps.at(-1)?.do === 'reset' && steps.some(({ do: does }) => does === 'send' || does === 'pause'),
      ),
    least: ({ connections: [{ steps } = script([])] }) =>
      steps.length === 2 && steps[0]?.do === 'pause' && steps[0].ms <= 1 && steps[1]?.do === 'reset',
  },
  {
    name: 'the second connection moves between two moves of the first',
    of: ofBytes,
    fails: ({ turns }) => turns.join('').match(/0.*1.*0/) !== null,
    least: ({ connections, turns }) =>
      connections.map(({ steps }) => steps.length).join() === '1,1' && turns.join() === '0,1,0',
  },
]

function anySend(holds: (bytes: Uint8Array) => boolean): (subject: Case) => boolean {
  return ({ connections }) =>
    connections.some(({ steps }) => steps.some((step) => step.do === 'send' && holds(step.bytes)))
}

/** A cut strictly inside a send; `offset` counts from the first byte of that send. */
function anyCut(holds: (bytes: Uint8Array, offset: number) => boolean): (subject: Case) => boolean {
  return ({ connections }) =>
    connections.some(({ steps, cuts }) => {
      let start = 0
      return steps.some((step) => {
        if (step.do !== 'send') return false
        const { length } = step.bytes
        start += length
        return cuts.some((cut) => cut > start - length && cut < start && holds(step.bytes, cut - start + length))
      })
    })
}

function hasReset(subject: Script | undefined): boolean {
  return subject?.steps.some((step) => step.do === 'reset') ?? false
}

function isWhole(bytes: Uint8Array): boolean {
  return codec.decoder().push(bytes)[0]?.is === 'frame'
}

function dataOf(bytes: Uint8Array): Uint8Array {
  const field = codec.fields(bytes).find(({ part }) => part === 'data')
  return bytes.subarray(field?.start ?? 0, field?.end ?? 0)
}

/** Number of data bytes where all of them are plain, -1 otherwise. */
function plainData(bytes: Uint8Array): number {
  const data = dataOf(bytes)
  return data.every((byte) => byte === 0x61) ? data.length : -1
}

/** Whether this is as small as it can be. */
export function isLeast({ least }: Predicate, subject: Case): boolean {
  return typeof least === 'function' ? least(subject) : digest(subject) === digest(least)
}
