import { CaseArbitrary } from '../../src/harness/generate/case-arbitrary.ts'
import type { Property } from '../../src/harness/property.ts'
import { makeClient } from './datagrams.ts'
import { judgeThenFresh, thenFresh } from './fresh-client.ts'

const MOST = 6

export const whole: Property = {
  id: 'udp/whole',
  claim:
    'Each datagram that comes back is one that was sent, byte for byte and no more often: never torn, merged or changed.',
  source: 'RFC 768; RFC 862: "the data from it is sent back in an answering datagram"',
  level: 'must',
  cases: ({ codec }) => new CaseArbitrary(codec, (chance) => ({ connections: [makeClient(chance, MOST)], turns: [] })),
  plays: thenFresh,
  check: judgeThenFresh,
}
