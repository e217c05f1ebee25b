// Servers of datagrams: right ones, and bugs of where a datagram ends and whom it came from.

import { type Expectation, planted, size } from '../expectation.ts'

const UDP = 'udp-echo'

export const DATAGRAM_EXPECTATIONS: readonly Expectation[] = [
  { server: 'udp-echo', protocol: UDP },
  { server: 'odd/udp-lossy', protocol: UDP },
  // Two of one byte each: nothing and something, joined, is something that was sent.
  planted('udp-merges', UDP, ['udp/whole', 'merged', size(1, 2, 0, 2)], ['udp/apart']),
  // One byte more than leaves in one datagram.
  planted('udp-tears', UDP, ['udp/whole', 'torn', size(1, 1, 0, 1_473)], ['udp/apart', 'udp/answered']),
  {
    // One byte more than there is room for.
    ...planted('udp-truncates', UDP, ['udp/whole', 'torn', size(1, 1, 0, 513)], ['udp/apart', 'udp/answered']),
    tested: true,
  },
  {
    // Two clients that say nothing, in a datagram each: one gets both.
    ...planted('udp-mixes', UDP, ['udp/apart', 'mixed', size(2, 2, 0, 0)]),
    // Its answers to datagrams that were sent again go to whoever comes next.
    sometimes: ['udp/whole', 'udp/answered'],
    disturbed: true,
    tested: true,
  },
  // One empty datagram.
  {
    ...planted('udp-stops-at-empty', UDP, ['udp/answered', 'crash', size(1, 1, 0, 0)], ['udp/apart', 'udp/whole']),
    tested: true,
  },
]
