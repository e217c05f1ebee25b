import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createServer } from '../catalogue.ts'
import { ChildServer } from '../testing/child-server.ts'
import { message, ping, readAnswers } from '../testing/frames.ts'
import { IN_FRAME } from '../testing/planted/in-frame.ts'
import { IN_SEVERAL } from '../testing/planted/in-several.ts'
import { IN_STORES } from '../testing/planted/in-stores.ts'
import { IN_STREAMS } from '../testing/planted/in-streams.ts'
import type { Planted } from '../testing/planted/planted.ts'
import { RawClient } from '../testing/raw-client.ts'

/** Broken servers of each kind, without the help of the harness; it is held against all of them. */
const PLANTED = [...IN_FRAME, ...IN_STREAMS, ...IN_STORES, ...IN_SEVERAL]

test.each(PLANTED)('$name shows its bug in $protocol, and the evented server does not', async (planted) => {
  const { name, protocol, talk, right, wrong } = planted
  expect(await talkTo(`broken/${name}`, protocol, talk)).toEqual(wrong)
  expect(await talkTo('evented', protocol, talk)).toEqual(right)
})

async function talkTo(name: string, protocol: string, talk: Planted['talk']): Promise<unknown> {
  const dir = mkdtempSync(join(tmpdir(), 'tornwire-broken-'))
  const server = await createServer(name, protocol, { dir })
  const address = await server.listen(0, '127.0.0.1')
  return talk(address, dir).finally(async () => {
    await server.stop({ withinMs: 0 })
    rmSync(dir, { recursive: true, force: true })
  })
}

test('crash-on-rst ends its process when a client resets, and the evented server serves on', async () => {
  const broken = ChildServer.serve('broken/crash-on-rst')
  const right = ChildServer.serve('evented')
  try {
    for (const child of [broken, right]) {
      const client = await RawClient.connect(await child.address())
      await client.send(message('x')).gets(10)
      client.reset()
    }
    expect(await broken.exit).toBe(1)
    expect(broken.stderr).toContain('ECONNRESET')
    const witness = await RawClient.connect(await right.address())
    expect(readAnswers(await witness.send(ping('alive')).gets(14))).toEqual(['pong "alive"'])
  } finally {
    await Promise.all([broken.stop(), right.stop()])
  }
})
