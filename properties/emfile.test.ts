import { expect, it } from 'vitest'
import { endsAtEmfile, type ThirdParty, waitsAtEmfile } from '../src/servers-under-test/third-party.ts'
import { burst } from './burst.ts'
import { hold } from './testing/hold.ts'

const missing = endsAtEmfile.missing === undefined ? '' : ` (skipped: ${endsAtEmfile.missing})`

/** What comes of bursts of more clients than it has descriptors for. */
const afterBursts = async (server: ThirdParty) =>
  (await hold(server, { seed: 1, runs: 100, only: [burst.id], shrinkMs: 500 })).properties[0]

it.skipIf(missing !== '')(
  `a server whose listener EMFILE ends is found out by a burst of clients${missing}`,
  async () => {
    const found = await afterBursts(endsAtEmfile)
    expect(found).toMatchObject({ verdict: 'fail', level: 'must' })
    expect(found?.failure?.connections).toBeGreaterThan(40)
  },
)

it.skipIf(missing !== '')(`one that bears EMFILE keeps the claim${missing}`, async () => {
  expect(await afterBursts(waitsAtEmfile)).toMatchObject({ verdict: 'pass', cases: 10 })
})
