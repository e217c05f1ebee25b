import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { removeScratch, scratchDir, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

describe.concurrent('a protocol whose server keeps files', () => {
  it('is fuzzed in a directory of its own, which is gone afterwards', async () => {
    const before = servedDirs()
    const run = await Tornwire.run(
      ['fuzz', 'builtin:evented', '--protocol', 'collector', '--property', 'collector/stored', '--runs', '20'],
      scratchDir(),
    )
    expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^PASS 1 passed/m)])
    expect(readdirSync(run.dir)).not.toContain('served')
    expect(servedDirs().filter((dir) => !before.includes(dir))).toEqual([])
  })

  it('is looked for where the server keeps it, and a wrong place is told', async () => {
    const dir = scratchDir()
    const server = Tornwire.start(['serve', 'evented', '--protocol', 'collector'], dir)
    await server.says(/^listening on (\S+)\n/)
    const target = server.stdout.trim().replace('listening on ', '')
    const args = ['fuzz', target, '--protocol', 'collector', '--property', 'collector/stored', '--runs', '10']
    const here = await Tornwire.run(args, dir)
    expect([here.status, readdirSync(join(dir, 'served'))]).toEqual([0, ['collected.log']])
    const elsewhere = await Tornwire.run([...args, '--json', 'r.json'], scratchDir())
    expect(elsewhere.status).toBe(4)
    expect(JSON.parse(elsewhere.file('r.json')).why).toMatch(/10 of 10 cases .*no such file.*TORNWIRE_DIR/)
    server.process.kill('SIGTERM')
    await server.exit()
  })
})

function servedDirs(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('tornwire-served-'))
}
