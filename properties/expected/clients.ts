// Bugs that take more than one client, or one that is gone.

import { BAD, BESIDE, type Expectation, planted, STREAM, size } from '../expectation.ts'

const ALL = ['frame', 'echo', 'lines', 'upper', 'collector', 'files']

/** What else is false where a reset ends the process. */
const OWN_CLAIMS: Readonly<Record<string, readonly string[]>> = {
  collector: ['collector/stored'],
  files: ['files/contents'],
}

export const CLIENTS: readonly Expectation[] = [
  ...ALL.map((protocol) => ({
    // A client that connects and resets need not have said anything.
    ...planted(
      'crash-on-rst',
      protocol,
      ['any/disconnect', 'crash', size(1, 0, 0, 0)],
      ['any/isolation', 'any/burst', ...(OWN_CLAIMS[protocol] ?? [])],
    ),
    disturbed: true as const,
    ...(protocol === 'frame' ? { tested: true as const } : {}),
  })),
  ...['frame', 'echo'].map((protocol) => ({
    // A client that connects and resets need not have said anything.
    ...planted('leak-on-rst', protocol, ['any/leak', 'leaks-descriptors', size(1, 0, 0, 0)]),
    ...(protocol === 'echo' ? { tested: true as const } : {}),
  })),
  {
    // A message but for its last byte, read but for one more, and RST.
    ...planted('remembers-gone', 'frame', ['any/forgets', 'keeps', size(1, 1, 1, 1_048_575)]),
    tested: true,
  },
  {
    ...planted('async-unhandled-reset', 'echo', ['any/disconnect', 'crash', size(1, 0, 0, 0)], BESIDE),
    disturbed: true,
  },
  {
    ...planted('peername-after-reset', 'frame', ['any/disconnect', 'crash', size(1, 0, 0, 0)], BESIDE),
    disturbed: true,
  },
  {
    // 24 clients that say nothing, of whom one is reset, and one more: how many are there at once is a matter of the moment.
    ...planted('burst-deafens', 'frame', ['any/burst', 'not-served']),
    disturbed: true,
    tested: true,
  },
  // The four bytes of a length over the limit, whose ERROR comes when the client is gone.
  planted('write-after-disconnect', 'frame', ['any/disconnect', 'crash', size(1, 1, 0, 4)], BESIDE),
  // It cannot be started again to see what is the smallest: any client that is connected when it ends.
  { ...planted('no-reuse', 'echo', ['any/restart', 'not-again']), tested: true },
  // A client that resets without a word, and one that says an empty frame and is refused.
  planted('listener-lost', 'frame', ['any/disconnect', 'not-served', size(2, 1, 0, 9)], BESIDE),
  {
    // An empty frame, read before the RST that is torn from it, and a client that says nothing and gets the answer.
    ...planted('stale-descriptor', 'frame', ['any/disconnect', 'not-served', size(2, 1, 1, 9)], BESIDE),
    disturbed: true,
  },
  {
    // One byte of a frame and FIN, for which an ERROR is due, and one byte of another client, who gets it.
    ...planted('last-speaker', 'frame', ['any/disconnect', 'not-served', size(2, 2, 0, 2)], BESIDE),
    disturbed: true,
  },
  {
    // The first byte of a character, and one byte of another client behind it.
    ...planted('shared-text-decoder', 'upper', ['any/isolation', 'disturbed', size(2, 2, 0, 2)], BESIDE),
    disturbed: true,
  },
  {
    // One byte of a client that stays, and three of another: together a length over the limit, which the other is told. Who
    // has said less than four bytes in all is told nothing, as long as neither ends; and each must have said something.
    ...planted('cross-talk', 'frame', ['any/isolation', 'disturbed', size(2, 2, 0, 4)], ['any/crowd']),
    disturbed: true,
  },
  {
    // One byte of a frame on one connection, an empty frame on the other.
    ...planted(
      'starved-by-half-frame',
      'frame',
      ['any/isolation', 'disturbed', size(2, 2, 0, 10)],
      ['any/crowd', 'any/back-pressure'],
    ),
    disturbed: true,
    tested: true,
  },
  {
    // An empty frame of which one byte has been read when another client says the four bytes of an oversize length.
    ...planted('oversize-closes-all', 'frame', ['any/isolation', 'disturbed', size(2, 2, 1, 13)], BAD),
    disturbed: true,
  },
  ...['frame', 'echo'].map((protocol) =>
    // A client that connects and is silent, and one that says one message.
    planted(
      'serial-accept',
      protocol,
      ['any/isolation', 'disturbed', size(2, 1, 0, protocol === 'frame' ? 9 : 1)],
      ['any/crowd', 'any/back-pressure'],
    ),
  ),
  {
    // Four silent clients and one that says an empty frame.
    ...planted('pool-starvation', 'frame', ['any/crowd', 'disturbed', size(5, 1, 0, 9)], ['any/isolation']),
    disturbed: true,
  },
  {
    // 48 silent clients and one that says an empty frame.
    ...planted('connection-table-full', 'frame', ['any/crowd', 'disturbed', size(49, 1, 0, 9)]),
    disturbed: true,
  },
  ...['frame', 'echo'].map((protocol) => ({
    // A client that does not read more than a kernel holds for it, which is a matter of the moment, and a witness.
    ...planted('stalled-client-blocks-all', protocol, ['any/back-pressure', 'disturbed']),
    disturbed: true as const,
  })),
  ...['frame', 'echo'].map((protocol) => ({
    // A client that connects and resets need not have said anything.
    ...planted('reset-busy-loop', protocol, ['any/idle-cpu', 'spins', size(1, 0, 0, 0)]),
    ...(protocol === 'echo' ? { tested: true as const } : {}),
  })),
  // One byte, and FIN: nothing comes back for it.
  planted(
    'eof-busy-loop',
    'echo',
    ['any/half-close', 'end', size(1, 1, 0, 1)],
    ['any/cuts', 'any/back-pressure', 'any/idle-cpu', 'any/leak'],
  ),
  ...['frame', 'lines'].map((protocol) => ({
    // A long message, said three times, beside a client that waits: as large as that is, and never shrunk.
    ...planted('blocks-loop', protocol, ['any/latency', 'held-up']),
    // Who does not read may have asked for many long answers, and a witness does not wait for all of them.
    sometimes: ['any/back-pressure'],
    disturbed: true as const,
    ...(protocol === 'frame' ? { tested: true as const } : {}),
  })),
  // A client that does not read the 2 MiB that a server may hold, beyond what a kernel does.
  { ...planted('unbounded-outbuf', 'echo', ['any/hoarding', 'hoards']), tested: true },
  // More than a kernel holds for a client that does not read at that moment: how much that is depends on the machine.
  planted('partial-write-ignored', 'echo', ['any/answers', 'answers'], STREAM),
]
