import type { Case } from '../../src/harness/case.ts'
import { CaseArbitrary } from '../../src/harness/generate/case-arbitrary.ts'
import type { Property } from '../../src/harness/property.ts'
import { makeClient } from './datagrams.ts'
import { judgeThenFresh, thenFresh } from './fresh-client.ts'

const MOST_CLIENTS = 4
const MOST = 3

export const apart: Property = {
  id: 'udp/apart',
  claim: "Of several clients each gets its own datagrams back, and none of the others'.",
  source: 'RFC 768: the source port is the one "to which a reply should be addressed"; RFC 862',
  level: 'must',
  cases: ({ codec }) =>
    new CaseArbitrary(codec, (chance) => {
      const connections = Array.from({ length: chance.nextInt(2, MOST_CLIENTS) }, () => makeClient(chance, MOST))
      const turns = connections.flatMap(({ steps }) => steps.map(() => chance.nextInt(0, connections.length - 1)))
      return { connections, turns }
    }),
  admits: ({ connections }: Case) => connections.length > 1,
  plays: thenFresh,
  check: judgeThenFresh,
}
