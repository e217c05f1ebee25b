import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Protocol } from '../src/harness/protocol.ts'
import { ncat, socat, type ThirdParty, xinetd } from '../src/servers-under-test/third-party.ts'
import { drawn } from './protocols/drawn.ts'
import { echo } from './protocols/echo.ts'
import { makePayload } from './protocols/payload.ts'
import { complaints, hold, type ServerUnderTest } from './testing/hold.ts'

/** A program that is missing is skipped by name, with what to do about it. */
function test(server: ThirdParty, title: string, run: () => Promise<void>): void {
  const why = server.missing === undefined ? '' : ` (skipped: ${server.missing})`
  it.skipIf(server.missing !== undefined)(`${server.name} ${title}${why}`, run)
}

/**
 * Beyond what fits into the pipes ncat now and then stops for good, waiting for its program, which waits for it: another
 * bug, and no steady one. So it is told less.
 */
const shortEcho = { ...echo, frames: drawn((chance) => makePayload(chance, chance.nextInt(1, 2_000))) }
const toldLittle: ServerUnderTest = { ...ncat, as: shortEcho as Protocol }

/** It starts a program for each client: how long that takes for sixty at a time is the machine's affair. */
const UNCROWDED = ['any/answers', 'any/cuts', 'any/half-close', 'any/disconnect', 'any/isolation', 'any/pauses']

/** Below this, ncat loses the answer when FIN follows the data at once: nmap/nmap#962. */
const NCAT_MENDED = [7, 96]

describe('servers that nobody here wrote', () => {
  for (const server of [socat, xinetd]) {
    test(server, 'keeps every claim of protocol echo', async () => {
      expect(complaints(await hold(server, { seed: 1, runs: 30 }))).toEqual([])
    })
  }

  test(ncat, `${ncat.version} ${isMended() ? 'keeps every claim' : 'loses the answer to a half-close'}`, async () => {
    const reportDir = mkdtempSync(join(tmpdir(), 'tornwire-ncat-'))
    try {
      // One at a time: its programs inherit the connections of other clients and now and then hold them open.
      const first = await hold(toldLittle, { seed: 1, runs: 30, reportDir, concurrency: 1, only: UNCROWDED })
      if (isMended()) return expect(complaints(first)).toEqual([])
      expect(complaints(first)).toEqual([expect.stringMatching(/^any\/half-close fail /)])
      const failed = first.properties.filter(({ verdict }) => verdict === 'fail')
      const smallest = { rule: 'answers', connections: 1, frames: 1, cuts: 0, bytes: 1 }
      expect(failed[0]?.failure).toMatchObject(smallest)
      expect(failed[0]?.failure?.confirmed.failed).toBeGreaterThan(0)
      const again = await hold(toldLittle, { seed: 2, runs: 30, reportDir, only: ['any/half-close'] })
      expect(again.properties[0]).toMatchObject({ cases: 1, failure: { ...smallest, casesToFailure: 0 } })
    } finally {
      rmSync(reportDir, { recursive: true, force: true })
    }
  })
})

function isMended(): boolean {
  const [major = 0, minor = 0] = ncat.version.split('.').map(Number)
  return major > NCAT_MENDED[0]! || (major === NCAT_MENDED[0] && minor >= NCAT_MENDED[1]!)
}
