// Bugs of servers that keep what they are told.

import { type Expectation, planted, STREAM, size } from '../expectation.ts'

const FILES_BAD = ['checksum', 'oversize', 'unknown-type', 'name', 'malformed', 'truncated'].map(
  (kind) => `files/bad-${kind}`,
)
const COLLECTOR_BAD = ['syntax', 'too-long', 'truncated'].map((kind) => `collector/bad-${kind}`)

const all: readonly Expectation[] = [
  // One measurement, 25 bytes of time and space, a metric and a value of one each, a space and an ending; then RST, and a
  // client that says nothing and ends.
  planted('ack-before-store', 'collector', ['collector/stored', 'lost', size(2, 1, 0, 29)]),
  // One byte of a line is answered as if it were all of it.
  {
    ...planted(
      'read-is-a-line',
      'collector',
      ['any/answers', 'answers', size(1, 1, 0, 1)],
      [...STREAM, ...COLLECTOR_BAD, 'collector/stored'],
    ),
    // Among many others a line may come in another number of reads than alone.
    sometimes: ['any/isolation', 'any/crowd'],
  },
  // One byte of a line, and FIN.
  planted('stores-half-line', 'collector', ['collector/stored', 'torn', size(1, 1, 0, 1)]),
  // A PUT of nothing to a name of 27 bytes, ../ and 24 that nobody else draws: 9 of the frame, 2, and the name.
  planted('follows-dot-dot', 'files', ['files/bad-name', 'answers', size(1, 1, 0, 38)], ['files/contents']),
  // An empty frame, torn after its first byte: a PUT that is malformed gets its answer, too.
  planted('split-header', 'files', ['any/answers', 'answers', size(1, 1, 1, 9)], [...STREAM, ...FILES_BAD]),
  // A PUT of one byte to a name of 24, and the same name once more: length, type, how, size and name, but no content.
  planted('truncates-first', 'files', ['files/contents', 'contents', size(1, 2, 0, 67)]),
]

export const STORAGE: readonly Expectation[] = all.map((row) => ({ ...row, tested: true }))
