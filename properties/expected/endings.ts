// Bugs of what is said to bad frames, of ends, and of the order and time of answers.

import { BAD, BESIDE, type Expectation, planted, STREAM, size } from '../expectation.ts'

const ALL = ['frame', 'echo', 'lines', 'upper', 'collector', 'files']

/** Claims about streams that are bad and yet not ended by the server before the client ends them. */
const SAID_AT_FIN: Readonly<Record<string, readonly string[]>> = {
  frame: ['frame/bad-truncated'],
  collector: ['collector/bad-syntax', 'collector/bad-truncated'],
  files: ['files/bad-malformed', 'files/bad-name', 'files/bad-truncated'],
}

export const ENDINGS: readonly Expectation[] = [
  // An empty frame has nine bytes, and a wrong checksum needs no data to be wrong of.
  { ...planted('checksum-unchecked', 'frame', ['frame/bad-checksum', 'answers', size(1, 1, 0, 9)]), tested: true },
  planted('checksum-of-nothing', 'frame', ['frame/bad-checksum', 'answers', size(1, 1, 0, 9)]),
  planted('checksum-half', 'frame', ['frame/bad-checksum', 'answers', size(1, 1, 0, 9)]),
  planted('silent-refusal', 'frame', ['frame/bad-checksum', 'answers', size(1, 1, 0, 9)], BAD),
  // An empty bad frame and, said with it, one byte that is called a truncated frame although nothing may follow an ERROR.
  planted('error-goes-on', 'frame', ['frame/bad-checksum', 'answers', size(1, 1, 0, 10)]),
  // An empty good frame and, in the same read, an empty bad one.
  planted('error-eats-good', 'frame', ['frame/bad-checksum', 'answers', size(1, 2, 0, 18)], BAD),
  // An empty good frame and, in the same read, the four bytes of a length over the limit.
  planted('first-read-tail-crash', 'frame', ['any/announced', 'crash', size(1, 2, 0, 13)], [...BESIDE, ...BAD]),
  // The four bytes of a length over the limit.
  { ...planted('late-limit', 'frame', ['frame/bad-oversize', 'answers', size(1, 1, 0, 4)]), tested: true },
  planted('limit-exceeded', 'frame', ['frame/bad-oversize', 'answers', size(1, 1, 0, 4)]),
  planted('negative-length', 'frame', ['frame/bad-oversize', 'crash', size(1, 1, 0, 4)], [...BESIDE, 'any/announced']),
  {
    ...planted('unknown-type-ignored', 'frame', ['frame/bad-unknown-type', 'answers', size(1, 1, 0, 9)]),
    tested: true,
  },
  planted('crash-on-unknown-type', 'frame', ['frame/bad-unknown-type', 'crash', size(1, 1, 0, 9)], BESIDE),
  // One byte of a frame, and FIN.
  { ...planted('truncation-unsaid', 'frame', ['frame/bad-truncated', 'answers', size(1, 1, 0, 1)]), tested: true },
  planted('leak-on-error-path', 'frame', ['frame/bad-truncated', 'end', size(1, 1, 0, 1)]),
  ...ALL.map((protocol) =>
    // FIN alone is answered with RST.
    planted(
      'fin-becomes-rst',
      protocol,
      ['any/half-close', 'end', size(1, 0, 0, 0)],
      [...(SAID_AT_FIN[protocol] ?? []), 'any/back-pressure'],
    ),
  ),
  ...['frame', 'echo'].map((protocol) =>
    // FIN alone is answered with nothing.
    planted(
      'never-ends',
      protocol,
      ['any/half-close', 'end', size(1, 0, 0, 0)],
      ['any/cuts', 'frame/bad-truncated', 'any/back-pressure', 'any/leak'],
    ),
  ),
  // A client that connects and says nothing.
  { ...planted('never-reaps', 'frame', ['any/idle', 'not-ended', size(1, 0, 0, 0)]), idleMs: 250, tested: true },
  // An empty frame when more than half of the time is over, whose answer shows that it was heard, or one byte of it, which the
  // cut behind it shows: neither can become the other.
  { ...planted('idle-from-connect', 'frame', ['any/idle', 'too-early']), idleMs: 1_000 },
  // One byte of a frame, and the cut behind it: it gets no answer.
  { ...planted('idle-per-frame', 'frame', ['any/idle', 'too-early', size(1, 1, 1, 1)]), idleMs: 1_000 },
  {
    ...planted(
      'half-close-drops-answer',
      'frame',
      ['any/half-close', 'answers', size(1, 1, 0, 9)],
      ['frame/bad-truncated', 'any/back-pressure'],
    ),
    tested: true,
  },
  planted('half-close-drops-answer', 'echo', ['any/half-close', 'answers', size(1, 1, 0, 1)], ['any/back-pressure']),
  planted('async-half-close', 'frame', ['any/half-close', 'answers', size(1, 1, 0, 9)], [...BAD, 'any/back-pressure']),
  // A PING and a MESSAGE, both empty, in one read.
  planted('pipelining-reorder', 'frame', ['any/answers', 'answers', size(1, 2, 0, 18)], [...STREAM, ...BAD]),
  planted('interleaved-writers', 'frame', ['any/answers', 'answers', size(1, 2, 0, 18)], [...STREAM, ...BAD]),
  // Two empty frames in two reads: those of one read are answered together.
  planted('pipelining-kills', 'frame', ['any/answers', 'answers', size(1, 2, 1, 18)], [...STREAM, ...BAD]),
]
