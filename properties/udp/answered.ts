import type { Case } from '../../src/harness/case.ts'
import { CaseArbitrary } from '../../src/harness/generate/case-arbitrary.ts'
import type { Property } from '../../src/harness/property.ts'
import { makeInsisting } from './datagrams.ts'
import { judgeThenFresh, thenFresh } from './fresh-client.ts'

const MOST = 3

export const answered: Property = {
  id: 'udp/answered',
  claim:
    'A datagram of any size, 0 to 65,507 bytes, is answered if it is sent often enough, and so is a fresh client after it.',
  source: 'RFC 862: "When a datagram is received, the data from it is sent back"; RFC 768: a datagram may be empty',
  level: 'must',
  cases: ({ codec }) =>
    new CaseArbitrary(codec, (chance) => {
      const steps = Array.from({ length: chance.nextInt(1, MOST) }, () => makeInsisting(chance))
      return { connections: [{ steps, cuts: [] }], turns: [] }
    }),
  admits: ({ connections }: Case) => connections.some(({ steps }) => steps.some((step) => step.do === 'insist')),
  plays: thenFresh,
  check: judgeThenFresh,
}
