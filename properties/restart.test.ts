import { describe, expect, it } from 'vitest'
import type { Transcript } from '../src/harness/transcript.ts'
import { noReuseEcho } from '../src/servers-under-test/third-party.ts'
import { restart } from './restart.ts'
import { catalogued, complaints, hold, protocolNamed } from './testing/hold.ts'

const judged = (restarted?: Transcript['restarted']) =>
  restart.check([], [{ connections: [], events: [], ...(restarted && { restarted }) }], protocolNamed('echo')).is

describe('a server that is ended while a client is connected', () => {
  it('must listen again', () => {
    expect([judged({ up: true }), judged({ up: false, trouble: 'no' }), judged()]).toEqual([
      'pass',
      'fail',
      'inconclusive',
    ])
  })
  it('does, where it asks for its address', async () => {
    expect(complaints(await hold(catalogued('evented', 'echo'), { seed: 1, runs: 400, only: [restart.id] }))).toEqual(
      [],
    )
  })
  const missing = noReuseEcho.missing === undefined ? '' : ` (skipped: ${noReuseEcho.missing})`
  it.skipIf(missing !== '')(`does not, where it does not, and is told as it was seen${missing}`, async () => {
    const { properties, verdict } = await hold(noReuseEcho, { seed: 1, runs: 400, only: [restart.id] })
    expect([verdict, properties[0]?.cases]).toEqual(['pass', 1])
    expect(properties[0]).toMatchObject({
      verdict: 'fail',
      counts: false,
      failure: {
        rule: 'not-again',
        actual: expect.stringContaining('Address already in use'),
        confirmed: { failed: 0, tried: 0 },
      },
    })
  })
})
