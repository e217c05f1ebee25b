import { describe, expect, it } from 'vitest'
import { propertiesOf } from './catalogue.ts'
import { EXPECTATIONS } from './expectations.ts'
import { catalogued, complaints, hold, protocolNamed } from './testing/hold.ts'

const RUNS = 20

/** Every style is held to its claims in styles.test.ts; this one, and the server of datagrams, at length. */
const right = EXPECTATIONS.filter(({ server }) => server === 'evented' || server === 'udp-echo')

describe.concurrent('a right server', () => {
  it.each(right)('$server keeps every claim of $protocol', async ({ server, protocol }) => {
    const result = await hold(catalogued(server, protocol), { seed: 1, runs: RUNS })
    expect(complaints(result)).toEqual([])
    const spoken = protocolNamed(protocol)
    const applicable = propertiesOf(spoken).filter(({ notFor }) => notFor?.(spoken) === undefined)
    expect(result.properties.map(({ id }) => id)).toEqual(applicable.map(({ id }) => id))
  })
})
