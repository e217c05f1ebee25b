import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { chanceFor } from '../src/harness/chance.ts'
import type { Property } from '../src/harness/property.ts'
import type { Protocol } from '../src/harness/protocol.ts'
import { digest } from '../src/harness/shrink/shrink.ts'
import { propertiesOf } from './catalogue.ts'
import { builtInProtocols } from './protocols/built-in.ts'
import { caseDigests } from './testing/case-digests.ts'

const CASES = 200
/** In each of two processes, which make them anew. */
const CASES_ELSEWHERE = 60
/** Digest of all that seed 1 makes. Whoever changes generation on purpose puts the new one here. */
const PINNED = 'b25143a52f794bc31556ce1a6ca127a0d7991e85fa74bcdbc2bd69b9b5972b51'

describe('the same seed', () => {
  it('makes the same cases in another process, byte for byte, of every property', async () => {
    const [one, other] = await Promise.all([inOwnProcess(1), inOwnProcess(1)])
    expect(other).toEqual(one)
    expect(Object.keys(one).length).toBe(builtInProtocols.flatMap(applicable).length)
  }, 30_000)
  it('makes the same cases as it did when its digest was pinned', () => {
    expect(
      createHash('sha256')
        .update(JSON.stringify(caseDigests(1, 50)))
        .digest('hex'),
    ).toBe(PINNED)
  })
})

describe('another seed', () => {
  it('makes other cases of every property', () => {
    const [one, other] = [caseDigests(1, 20), caseDigests(2, 20)]
    for (const [id, made] of Object.entries(one)) expect(other[id], id).not.toBe(made)
  })
  it('makes few cases twice', () => {
    const [protocol, property] = [builtInProtocols[0]!, propertiesOf(builtInProtocols[0]!)[0]!]
    const made = [1, 2, 3].flatMap((seed) =>
      Array.from({ length: CASES }, (_, index) =>
        digest(property.cases(protocol).generate(chanceFor(seed, property.id, index), undefined).value),
      ),
    )
    expect(new Set(made).size).toBeGreaterThan(0.98 * made.length)
  })
})

describe.each(builtInProtocols)('case number i of protocol $name', (protocol) => {
  it.each(
    applicable(protocol).map((property) => [property.id, property] as const),
  )('is the same without those before it: %s', (_, property) => {
    const arbitrary = property.cases(protocol)
    const make = (index: number): string =>
      digest(arbitrary.generate(chanceFor(7, property.id, index), undefined).value)
    const forwards = Array.from({ length: 30 }, (_, index) => make(index))
    expect(make(29)).toBe(forwards[29])
    expect(make(3)).toBe(forwards[3])
    expect(digest(property.cases(protocol).generate(chanceFor(7, property.id, 17), undefined).value)).toBe(forwards[17])
  })
})

function applicable(protocol: Protocol): Property[] {
  return propertiesOf(protocol).filter(({ notFor }) => notFor?.(protocol) === undefined)
}

async function inOwnProcess(seed: number): Promise<Record<string, string>> {
  const main = fileURLToPath(new URL('testing/print-digests.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'jiti/register',
    main,
    `${seed}`,
    `${CASES_ELSEWHERE}`,
  ])
  return JSON.parse(stdout)
}
