// Bugs that take two or three conditions at once: each condition alone is met with the right answer.

import { BAD, BESIDE, type Expectation, planted, STREAM, size } from '../expectation.ts'

const all: readonly Expectation[] = [
  // 128 data bytes, the shortest length with a byte of 0x80, and a cut inside the length.
  planted('deep-torn-length', 'frame', ['any/answers', 'answers', size(1, 1, 1, 137)], [...STREAM, ...BAD]),
  // Three data bytes, torn after the first: one alone cannot be torn, and two are even.
  planted('deep-odd-fragment', 'frame', ['any/answers', 'answers', size(1, 1, 1, 12)], [...STREAM, ...BAD]),
  // An empty MESSAGE and an empty PING, torn.
  planted('deep-stale-type', 'frame', ['any/answers', 'answers', size(1, 2, 1, 18)], [...STREAM, ...BAD]),
  // A character of four bytes, torn before its last.
  planted('deep-four-byte-char', 'upper', ['any/answers', 'answers', size(1, 1, 1, 4)], STREAM),
  // 126 bytes of text and CRLF, torn between CR and LF.
  planted('deep-long-line-crlf', 'lines', ['any/answers', 'answers', size(1, 1, 1, 128)], STREAM),
  // A good frame, a bad one and a good one, all empty.
  planted('deep-error-between', 'frame', ['frame/bad-checksum', 'answers', size(1, 3, 0, 27)]),
  // One byte of a length, torn from the RST; a fresh client says three more, which make it one over the limit.
  {
    ...planted('deep-half-left', 'frame', ['any/disconnect', 'not-served', size(2, 2, 1, 4)], BESIDE),
    disturbed: true,
  },
  // Two empty frames, one byte of a third, and RST.
  planted('deep-reset-inside', 'frame', ['any/disconnect', 'crash', size(1, 3, 0, 19)], BESIDE),
  {
    // One byte of a frame on each of two connections, and an empty frame on a third.
    ...planted('deep-two-inside', 'frame', ['any/isolation', 'disturbed', size(3, 3, 0, 11)], BESIDE),
    disturbed: true,
  },
]

export const DEEP: readonly Expectation[] = all.map((row) => ({ ...row, deep: true }))
