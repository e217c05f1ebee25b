import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PROGRAM, removeScratch, scratchDir, Tornwire } from './testing/tornwire.ts'

afterAll(removeScratch)

const ECHO = `${process.execPath} ${PROGRAM} serve evented --protocol echo --port {port}`
const FRAMED = "codec: { framing: 'length', length: { offset: 0, width: 2, order: 'little' }, head: 2 }"

async function withProtocol(source: string, ...args: string[]) {
  const dir = scratchDir()
  writeFileSync(join(dir, 'mine.ts'), `import { defineProtocol } from 'tornwire'\n${source}\n`)
  return Tornwire.run([...args, '--protocol', 'mine.ts'], dir)
}

const fuzzEcho = ['fuzz', '127.0.0.1:0', '--exec', ECHO, '--runs', '5', '--json', 'r.json']

describe.concurrent('--protocol FILE', () => {
  it('is loaded wherever it lies, and judged by its own model', async () => {
    const model = 'model: ({ frames, ended }) => ({ answers: frames, end: ended ? "fin" : "open" })'
    const run = await withProtocol(
      `export default defineProtocol({ name: 'mine', ${FRAMED}, samples: ['a', 'bé'], ${model} })`,
      ...fuzzEcho,
    )
    expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^PASS 14 passed/m)])
    expect(JSON.parse(run.file('r.json'))).toMatchObject({ protocol: 'mine', verdict: 'pass' })
  })

  it('without a model, is tried by the properties that need none', async () => {
    const run = await withProtocol(
      `export default defineProtocol({ name: 'mine', ${FRAMED}, samples: ['a', 'bé'] })`,
      ...fuzzEcho,
    )
    expect(run.status).toBe(0)
    const ids = JSON.parse(run.file('r.json')).properties.map(({ id }: { id: string }) => id)
    expect(ids).toEqual(expect.arrayContaining(['any/cuts', 'any/disconnect', 'any/isolation']))
    expect(ids).not.toContain('any/answers')
  })

  it('may look at what the server leaves behind, and bring claims of its own about it', async () => {
    const observe = "let looks = 0; const observe = async () => async () => 'look ' + ++looks"
    const claim = "id: 'mine/seen', claim: 'It is seen.', source: 'this file'"
    const check = `check: (_, [seen]) => seen.observed.startsWith('look') && looks < 5
      ? { is: 'pass' } : { is: 'fail', rule: 'seen', expected: 'a few looks', actual: seen.observed }`
    const cases = `cases: (protocol) => new CaseArbitrary(protocol.codec, () => ({ connections:
      [{ steps: [{ do: 'send', bytes: protocol.codec.encode(protocol.samples[0]) }], cuts: [] }], turns: [] }))`
    const definition = `{ name: 'mine', ${FRAMED}, samples: ['a'], observe, properties: [{ ${claim}, ${cases}, ${check} }] }`
    const source = `import { CaseArbitrary } from 'tornwire'\n${observe}\nexport default ${definition}`
    const run = await withProtocol(source, ...fuzzEcho, '--property', 'mine/*')
    expect(run.status).toBe(1)
    const { properties } = JSON.parse(run.file('r.json'))
    expect(properties).toMatchObject([{ id: 'mine/seen', verdict: 'fail', failure: { rule: 'seen' } }])
    expect(run.file(properties[0].failure.case)).toMatch(/"observed": ?"look \d+"/)
  })

  it.each([
    ['no default export', 'export const x = 1', /it has no default export/],
    ['no samples', `export default defineProtocol({ name: 'mine', ${FRAMED} })`, /samples is missing/],
    [
      'a name that is none',
      `export default defineProtocol({ name: 'my own', ${FRAMED}, samples: ['a'] })`,
      /name .*it is "my own"/,
    ],
    [
      'a framing that does not exist',
      "export default defineProtocol({ name: 'mine', codec: { framing: 'magic' }, samples: ['a'] } as never)",
      /codec[\s\S]*magic/,
    ],
    [
      'a model that is no function',
      `export default defineProtocol({ name: 'mine', ${FRAMED}, samples: ['a'], model: 7 } as never)`,
      /model .*it is 7/,
    ],
    ['a syntax error', 'export default {', /mine\.ts/],
    ['an import of nothing', "import './nowhere.ts'\nexport default {}", /nowhere/],
  ])('that has %s is explained by field and value', async (_, source, message) => {
    const run = await withProtocol(source, 'list', 'properties')
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(message)])
    expect(run.stderr).toMatch(/^tornwire: protocol file mine\.ts:/)
    expect(run.stderr).not.toContain('this is a bug of tornwire')
  })
})
