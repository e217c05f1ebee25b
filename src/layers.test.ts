import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cyclesOf, importsOf, readSources } from './testing/imports.ts'
import { breachesOf } from './testing/layers.ts'

const top = fileURLToPath(new URL('..', import.meta.url))
const sources = readSources(top, ['src', 'properties', 'examples', 'bench', 'score'])

describe('this project', () => {
  it('keeps its layers, its one clock and its one chance', () => {
    expect(breachesOf(sources)).toEqual([])
  })
  it('has no files that import each other in a ring', () => {
    expect(cyclesOf(importsOf(sources))).toEqual([])
  })
  it('was read: every import leads to a file that is there', () => {
    const imports = importsOf(sources)
    expect(imports.length).toBeGreaterThan(500)
    const nowhere = imports.filter(({ to }) => /^(src|properties)\//.test(to) && to.endsWith('.ts') && !sources.has(to))
    expect(nowhere).toEqual([])
  })
})

describe('a breach is found:', () => {
  it.each([
    ['src/codec/a.ts', "import { play } from '../harness/play.ts'"],
    ['src/codec/a.ts', "import type { Case } from '../harness/case.ts'"],
    ['src/codec/a.ts', "import { createHash } from 'node:crypto'"],
    ['src/codec/a.ts', "import fc from 'fast-check'"],
    ['src/codec/a.test.ts', "import { play } from '../harness/play.ts'"],
    ['src/codec/deep/a.ts', "export { play } from '../../harness/play.ts'"],
    ['src/servers-under-test/a.ts', "import { x } from '../harness/wire.ts'"],
    ['src/servers-under-test/a.ts', "import {\n  x,\n  y,\n} from '../cli/main.ts'"],
    ['src/harness/a.ts', "import { CATALOGUE } from '../servers-under-test/catalogue.ts'"],
    ['src/harness/hunt/a.ts', "import { answers } from '../../../properties/answers.ts'"],
    ['src/harness/a.ts', "const { main } = await import('../cli/main.ts')"],
    ['src/harness/a.ts', "import '../cli/main.ts'"],
    ['src/harness/a.ts', "import { send } from './testing/steps.ts'"],
    ['src/index.ts', "export { main } from './cli/main.ts'"],
    ['src/index.ts', "export { x } from '../properties/answers.ts'"],
    ['properties/a.ts', "import { CATALOGUE } from '../src/servers-under-test/catalogue.ts'"],
    ['properties/a.ts', "import { x } from '../src/cli/fuzz.ts'"],
    ['examples/a.ts', "import { play } from '../src/harness/play.ts'"],
    ['elsewhere/a.ts', "import fc from 'fast-check'"],
    ['src/harness/a.ts', 'const now = Date.now()'],
    ['src/harness/a.ts', 'const now = performance.now()'],
    ['properties/a.ts', 'const luck = Math.random()'],
    ['src/cli/a.ts', 'const luck = Math.random()'],
  ])('%s with %s', (path, text) => {
    expect(breachesOf(new Map([[path, text]]))).toHaveLength(1)
  })
})

describe('what is allowed is let be:', () => {
  it.each([
    ['src/codec/a.ts', "import { crc32 } from 'node:zlib'\nimport { b } from './b.ts'"],
    ['src/codec/a.test.ts', "import fc from 'fast-check'\nimport { it } from 'vitest'"],
    ['src/harness/a.ts', "import { frameCodec } from '../codec/frame.ts'\nimport { createHash } from 'node:crypto'"],
    ['src/harness/clock.ts', 'performance.now()'],
    ['src/cli/a.ts', "import { answers } from '../../properties/answers.ts'\nDate.now()"],
    ['properties/a.test.ts', "import { CATALOGUE } from '../src/servers-under-test/catalogue.ts'"],
    ['examples/a.ts', "import { defineProtocol } from 'tornwire'"],
    ['src/harness/a.ts', "// not '../cli/main.ts'; import { x } from '../cli/main.ts'"],
  ])('%s with %s', (path, text) => {
    expect(breachesOf(new Map([[path, text]]))).toEqual([])
  })
})

describe('a ring is found', () => {
  const ring = (third: string): string[] =>
    cyclesOf(
      importsOf(
        new Map([
          ['src/a.ts', "import { b } from './b.ts'"],
          ['src/b.ts', "export * from './c.ts'"],
          ['src/c.ts', third],
        ]),
      ),
    )

  it.each(["import { a } from './a.ts'", "import { type A } from './a.ts'", "import './a.ts'"])('with %s', (third) => {
    expect(ring(third)).toEqual(['src/a.ts -> src/b.ts -> src/c.ts -> src/a.ts'])
  })
  it.each([
    "import type { A } from './a.ts'",
    "export type { A } from './a.ts'",
    "import { a } from 'a'",
  ])('but not with %s, of which nothing is left when types are erased', (third) => expect(ring(third)).toEqual([]))
})
