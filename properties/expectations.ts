// What every server of the catalogue must come to: which claims fail on it, by which rule, and how small the first case
// becomes. The figures are reasoned out, not measured: each line says why no smaller case can show the bug. A claim that
// is not named must pass.

import { type ByDesign, STYLE_EXPECTATIONS } from './style-expectations.ts'

/** The smallest case that shows a bug. */
export interface Smallest {
  readonly connections: number
  readonly frames: number
  readonly cuts: number
  readonly bytes: number
}

/** One server that speaks one protocol. */
export interface Expectation {
  readonly server: string
  readonly protocol: string
  /** The claim that speaks of this bug, the rule by which it fails, and the case that it shrinks to. */
  readonly bug?: { readonly property: string; readonly rule: string; readonly smallest: Smallest }
  /** Claims that are false of it although it has no bug. */
  readonly byDesign?: readonly ByDesign[]
  /** Other claims that are false too because of its bug. */
  readonly also?: readonly string[]
  /** Its connections disturb each other, whatever they say: cases are tried one at a time. */
  readonly disturbed?: true
}

const ALL = ['frame', 'echo', 'lines', 'upper', 'collector', 'files']
/** What else is false where a reset ends the process. */
const OWN_CLAIMS: Readonly<Record<string, readonly string[]>> = {
  collector: ['collector/stored'],
  files: ['files/contents'],
}
/** Claims about streams that are bad and yet not ended by the server before the client ends them. */
const SAID_AT_FIN: Readonly<Record<string, readonly string[]>> = {
  frame: ['frame/bad-truncated'],
  collector: ['collector/bad-syntax', 'collector/bad-truncated'],
  files: ['files/bad-malformed', 'files/bad-name', 'files/bad-truncated'],
}
const size = (connections: number, frames: number, cuts: number, bytes: number): Smallest => ({
  connections,
  frames,
  cuts,
  bytes,
})
const inCollector = (name: string, property: string, rule: string, smallest: Smallest): Expectation => ({
  server: `broken/${name}`,
  protocol: 'collector',
  bug: { property, rule, smallest },
})
const inFiles = (name: string, property: string, rule: string, smallest: Smallest): Expectation => ({
  ...inCollector(name, property, rule, smallest),
  protocol: 'files',
})
const inFrame = (name: string, property: string, rule: string, smallest: Smallest): Expectation => ({
  server: `broken/${name}`,
  protocol: 'frame',
  bug: { property, rule, smallest },
})

export const EXPECTATIONS: readonly Expectation[] = [
  ...STYLE_EXPECTATIONS,
  // One measurement, 25 bytes of time and space, a metric and a value of one each, a space and an ending; then RST, and a
  // client that says nothing and ends.
  inCollector('ack-before-store', 'collector/stored', 'lost', size(2, 1, 0, 29)),
  // An empty frame has nine bytes, and a wrong checksum needs no data to be wrong of.
  inFrame('checksum-unchecked', 'frame/bad-checksum', 'answers', size(1, 1, 0, 9)),
  {
    // Two empty frames in one read. A torn stream shows it less: cut between them, both are answered.
    ...inFrame('coalesced-drop', 'any/answers', 'answers', size(1, 2, 0, 18)),
    also: [
      'any/cuts',
      'any/half-close',
      'frame/bad-checksum',
      'frame/bad-oversize',
      'frame/bad-unknown-type',
      'frame/bad-truncated',
    ],
  },
  ...ALL.map(
    (protocol): Expectation => ({
      server: 'broken/crash-on-rst',
      protocol,
      // A client that connects and resets need not have said anything.
      bug: { property: 'any/disconnect', rule: 'crash', smallest: size(1, 0, 0, 0) },
      also: ['any/isolation', ...(OWN_CLAIMS[protocol] ?? [])],
      disturbed: true,
    }),
  ),
  {
    server: 'broken/crlf-split',
    protocol: 'lines',
    // An empty line is \r\n, torn in the middle.
    bug: { property: 'any/half-close', rule: 'answers', smallest: size(1, 1, 1, 2) },
    also: ['any/answers', 'any/cuts'],
  },
  {
    // The first byte of an empty frame, torn off, is taken along by another connection that says one byte and goes.
    ...inFrame('cross-talk', 'any/isolation', 'disturbed', size(2, 2, 1, 10)),
    disturbed: true,
  },
  {
    // An empty good frame and, in the same read, an empty bad one.
    ...inFrame('error-eats-good', 'frame/bad-checksum', 'answers', size(1, 2, 0, 18)),
    also: ['frame/bad-oversize'],
  },
  ...ALL.map(
    (protocol): Expectation => ({
      server: 'broken/fin-becomes-rst',
      protocol,
      // FIN alone is answered with RST.
      bug: { property: 'any/half-close', rule: 'end', smallest: size(1, 0, 0, 0) },
      also: SAID_AT_FIN[protocol] ?? [],
    }),
  ),
  {
    server: 'broken/fixed-buffer',
    protocol: 'echo',
    // One byte more than the buffer holds.
    bug: { property: 'any/answers', rule: 'answers', smallest: size(1, 1, 0, 4097) },
    also: ['any/cuts', 'any/half-close'],
  },
  {
    ...inFrame('half-close-drops-answer', 'any/half-close', 'answers', size(1, 1, 0, 9)),
    also: ['frame/bad-truncated'],
  },
  {
    server: 'broken/half-close-drops-answer',
    protocol: 'echo',
    bug: { property: 'any/half-close', rule: 'answers', smallest: size(1, 1, 0, 1) },
  },
  ...['frame', 'echo'].map(
    (protocol): Expectation => ({
      server: 'broken/leak-on-rst',
      protocol,
      // A client that connects and resets need not have said anything.
      bug: { property: 'any/leak', rule: 'leaks-descriptors', smallest: size(1, 0, 0, 0) },
    }),
  ),
  // A PUT of nothing to a name of 27 bytes, ../ and 24 that nobody else draws: 9 of the frame, 2, and the name.
  { ...inFiles('follows-dot-dot', 'files/bad-name', 'answers', size(1, 1, 0, 38)), also: ['files/contents'] },
  // The four bytes of a length over the limit.
  inFrame('late-limit', 'frame/bad-oversize', 'answers', size(1, 1, 0, 4)),
  {
    // One byte of a line is answered as if it were all of it.
    ...inCollector('read-is-a-line', 'any/answers', 'answers', size(1, 1, 0, 1)),
    also: [
      'any/cuts',
      'any/half-close',
      'collector/bad-syntax',
      'collector/bad-too-long',
      'collector/bad-truncated',
      'collector/stored',
    ],
  },
  {
    // An empty frame, torn after its first byte.
    ...inFrame('split-header', 'any/answers', 'answers', size(1, 1, 1, 9)),
    also: [
      'any/cuts',
      'any/half-close',
      'frame/bad-checksum',
      'frame/bad-oversize',
      'frame/bad-unknown-type',
      'frame/bad-truncated',
    ],
  },
  {
    // An empty frame, torn after its first byte: a PUT that is malformed gets its answer, too.
    ...inFiles('split-header', 'any/answers', 'answers', size(1, 1, 1, 9)),
    also: [
      'any/cuts',
      'any/half-close',
      'files/bad-checksum',
      'files/bad-oversize',
      'files/bad-unknown-type',
      'files/bad-name',
      'files/bad-malformed',
      'files/bad-truncated',
    ],
  },
  // An empty frame by itself.
  inFrame('stall-zero-length', 'any/answers', 'answers', size(1, 1, 0, 9)),
  // One byte of a frame on one connection, an empty frame on the other.
  { ...inFrame('starved-by-half-frame', 'any/isolation', 'disturbed', size(2, 2, 0, 10)), disturbed: true },
  // One byte of a line, and FIN.
  inCollector('stores-half-line', 'collector/stored', 'torn', size(1, 1, 0, 1)),
  // A PUT of one byte to a name of 24, and the same name once more: length, type, how, size and name, but no content.
  inFiles('truncates-first', 'files/contents', 'contents', size(1, 2, 0, 67)),
  // One byte of a frame, and FIN.
  inFrame('truncation-unsaid', 'frame/bad-truncated', 'answers', size(1, 1, 0, 1)),
  inFrame('unknown-type-ignored', 'frame/bad-unknown-type', 'answers', size(1, 1, 0, 9)),
  {
    server: 'broken/utf8-per-chunk',
    protocol: 'upper',
    // One character of two bytes, torn in the middle.
    bug: { property: 'any/half-close', rule: 'answers', smallest: size(1, 1, 1, 2) },
    also: ['any/answers', 'any/cuts'],
  },
]
