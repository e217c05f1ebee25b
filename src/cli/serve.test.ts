import { afterAll, describe, expect, it } from 'vitest'
import { removeScratch, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

describe.concurrent('serve', () => {
  it('says where it listens, and ends with 0 on SIGTERM', async () => {
    const server = Tornwire.start(['serve', 'evented', '--protocol', 'echo'])
    await server.says(/^listening on 127\.0\.0\.1:\d+\n/)
    server.process.kill('SIGTERM')
    expect([await server.exit(), server.stderr]).toEqual([0, ''])
  })

  it('says that a port is taken, and by what to help oneself', async () => {
    const first = Tornwire.start(['serve', 'evented'])
    await first.says(/listening on/)
    const port = /:(\d+)\n/.exec(first.stdout)?.[1] ?? ''
    const second = await Tornwire.run(['serve', 'evented', '--port', port])
    expect([second.status, second.stderr]).toEqual([
      2,
      expect.stringMatching(/cannot listen on .*another process listens there.*EADDRINUSE/),
    ])
    first.process.kill('SIGTERM')
    expect(await first.exit()).toBe(0)
  })
})
