import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { PROGRAM, removeScratch, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

const ECHO = `${process.execPath} ${PROGRAM} serve evented --protocol echo --port {port}`
const pathOf = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const textOf = (name: string): string => readFileSync(pathOf(name), 'utf8')

describe.concurrent('an example', () => {
  // What can be filled up with data has long messages, too, of which one claim more speaks.
  it.each([
    ['length-prefixed', 14],
    ['netstrings', 13],
  ])('%s is a protocol that an echo server speaks', async (name, claims) => {
    const args = ['--protocol', pathOf(`examples/${name}.ts`), '--exec', ECHO, '--runs', '5', '--seed', '1']
    const run = await Tornwire.run(['fuzz', '127.0.0.1:0', ...args])
    expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(new RegExp(`^PASS ${claims} passed`, 'm'))])
  })

  // It runs tornwire three times; the first may take the minute that a run has, and a last case of each claim on top.
  const DEMO_MS = 180_000
  it('the demo ends well, and shows the shrunk counterexample', { timeout: DEMO_MS + 5_000 }, async () => {
    const run = await Tornwire.runFile(pathOf('examples/demo.mjs'), DEMO_MS)
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('\n1. send 9 bytes [0,9)\n2. await what is due\n3. close\n')
    expect(run.stdout).toContain('STILL FAILING: by the same rule in 5 of 5 plays')
  })
})

describe('the README', () => {
  const readme = textOf('README.md')

  it('shows an example as it stands in its file', () => {
    const [, shown = ''] = /```ts\n(.*?)```/s.exec(readme) ?? []
    const uncommented = textOf('examples/length-prefixed.ts').replace(/^ *\/\/.*\n/gm, '')
    expect(uncommented.trim()).toBe(shown.trim())
  })

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^):]+)\)/g)].map(([, path]) => path as string)
    expect(links.length).toBeGreaterThan(3)
    expect(links.filter((path) => !existsSync(pathOf(path)))).toEqual([])
  })

  it('names the claims, and how binding they are, in the words of the program', async () => {
    const { stdout } = await Tornwire.run(['list', 'properties'])
    // Of protocol `frame`, which is the program's own where nothing else is said.
    const rows = [...readme.matchAll(/^\| `(any\/[a-z-]+)` \| (?:SHOULD, in `frame` )?(.*) \| (.*) \|$/gm)].map(
      ([, ...row]) => row,
    )
    const listed = [...stdout.matchAll(/^(any\/[a-z-]+) +(MUST|SHOULD) +(.*)$/gm)].map(([, ...row]) => row)
    expect(rows.length).toBeGreaterThan(5)
    expect(rows).toEqual(listed)
  })
})
