// Bugs of parsers: what is lost, kept, taken for something else where a stream is torn or where messages touch.

import { BAD, type Expectation, planted, STREAM, size } from '../expectation.ts'

export const FRAMING: readonly Expectation[] = [
  {
    // Two empty frames in one read. A torn stream shows it less: cut between them, both are answered.
    ...planted('coalesced-drop', 'frame', ['any/answers', 'answers', size(1, 2, 0, 18)], [...STREAM, ...BAD]),
    tested: true,
  },
  // An empty frame, torn anywhere.
  planted('read-is-message', 'frame', ['any/answers', 'answers', size(1, 1, 1, 9)], [...STREAM, ...BAD]),
  // An empty frame, torn after its first byte.
  planted('split-header', 'frame', ['any/answers', 'answers', size(1, 1, 1, 9)], [...STREAM, ...BAD]),
  // A STOP without data, torn anywhere.
  planted('split-control-frame', 'frame', ['any/answers', 'answers', size(1, 1, 1, 9)], [...STREAM, ...BAD]),
  // An empty frame, torn inside its length.
  planted('short-peek', 'frame', ['any/answers', 'answers', size(1, 1, 1, 9)], [...STREAM, ...BAD]),
  // Two bytes of data, torn between them: a cut at either end of the data leaves it whole.
  planted('checksum-per-chunk', 'frame', ['any/answers', 'answers', size(1, 1, 1, 11)], [...STREAM, ...BAD]),
  // An empty frame, torn anywhere, is answered twice.
  planted('torn-answered-twice', 'frame', ['any/answers', 'answers', size(1, 1, 1, 9)], [...STREAM, ...BAD]),
  // Two empty frames in the first read.
  planted('first-read-tail-lost', 'frame', ['any/answers', 'answers', size(1, 2, 0, 18)], [...STREAM, ...BAD]),
  // Five empty frames: four fit.
  planted('queue-overflow', 'frame', ['any/answers', 'answers', size(1, 5, 0, 45)], [...STREAM, ...BAD]),
  // STOP and an empty frame behind it, in one read.
  planted('stop-tail-run', 'frame', ['any/answers', 'answers', size(1, 2, 0, 18)], [...STREAM, ...BAD]),
  // An empty frame by itself.
  planted('stall-zero-length', 'frame', ['any/answers', 'answers', size(1, 1, 0, 9)], STREAM),
  planted('zero-length-spin', 'frame', ['any/answers', 'answers', size(1, 1, 0, 9)], STREAM),
  planted('empty-is-end', 'frame', ['any/answers', 'answers', size(1, 1, 0, 9)], [...STREAM, ...BAD]),
  // A PING without data.
  planted('undersized-length', 'frame', ['any/answers', 'crash', size(1, 1, 0, 9)], STREAM),
  // The data and nine bytes around it.
  planted('exact-buffer-size', 'frame', ['any/answers', 'answers', size(1, 1, 0, 137)], [...STREAM, ...BAD]),
  // 119 bytes of data, and nine around them.
  planted('full-read-buffer', 'frame', ['any/answers', 'answers', size(1, 1, 0, 128)], [...STREAM, ...BAD]),
  // The four bytes of a length far over the limit, which are refused as is due.
  { ...planted('huge-length-prealloc', 'frame', ['any/announced', 'reserves', size(1, 1, 0, 4)]), tested: true },
  // The four bytes of a length of exactly the limit: nothing is due to them, and they are refused at once.
  planted('limit-refused', 'frame', ['any/answers', 'answers', size(1, 1, 0, 4)], [...STREAM, ...BAD]),
  // Half a length, silence, and half of another: what is left of it is no frame, or one over the limit.
  planted('cancel-unsafe-read', 'frame', ['any/pauses', 'answers', size(1, 2, 0, 4)]),
  {
    // A length over the limit, a byte at a time: what is left of it when the third wait is over is no length.
    ...planted('gives-up-waiting', 'frame', ['any/pauses', 'answers', size(1, 4, 0, 4)]),
    // Segments that follow each other at once are waited for too, where the machine is busy.
    sometimes: [...STREAM, ...BAD, 'any/session'].filter((id) => id !== 'any/pauses'),
  },
  {
    // 256 reads: so many messages that wait for each other, or so many cuts.
    ...planted('read-counter', 'frame', ['any/session', 'answers']),
    sometimes: STREAM,
    tested: true,
  },
  {
    // A message of 1 MiB in 1,024 segments, for about a second: how long a shorter one takes depends on the machine.
    ...planted('quadratic-rescan', 'frame', ['any/rescan', 'quadratic']),
    tested: true,
  },
  // One empty frame more than the stack has room for.
  planted('recursion-per-frame', 'frame', ['any/flood', 'answers', size(1, 1_001, 0, 9_009)]),
  // One byte more than the buffer holds.
  planted('fixed-buffer', 'echo', ['any/answers', 'answers', size(1, 1, 0, 4097)], STREAM),
  // A read that fills a page exactly.
  planted('short-read-heuristic', 'echo', ['any/answers', 'answers', size(1, 1, 0, 4096)], STREAM),
  // One byte beyond the end of the ring.
  planted('ring-wrap', 'echo', ['any/answers', 'answers', size(1, 1, 0, 1025)], STREAM),
  // Two bytes that are not the same, each in a read of its own.
  planted('reused-buffer', 'echo', ['any/answers', 'answers', size(1, 1, 1, 2)], STREAM),
  // 65 bytes, one more than is short, and one byte that overtakes them.
  planted('async-overtaking', 'echo', ['any/answers', 'answers', size(1, 1, 1, 66)], STREAM),
  // CR alone: nothing is due to it yet.
  planted('crlf-split', 'lines', ['any/answers', 'answers', size(1, 1, 0, 1)], STREAM),
  // An empty line that ends with LF, and nothing before it in the read.
  planted('delimiter-at-zero', 'lines', ['any/answers', 'answers', size(1, 1, 0, 1)], STREAM),
  // A NUL and \n; the line comes back empty.
  planted('nul-ends-text', 'lines', ['any/answers', 'answers', size(1, 1, 0, 2)], STREAM),
  // The first byte of a character: nothing is due to it yet.
  planted('utf8-per-chunk', 'upper', ['any/answers', 'answers', size(1, 1, 0, 1)], STREAM),
  // 63 letters and a character of two UTF-16 units, which has four bytes.
  planted('split-surrogates', 'upper', ['any/answers', 'answers', size(1, 1, 0, 67)], STREAM),
]
