import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Codec } from '../../codec/codec.ts'
import { frameCodec } from '../../codec/frame.ts'
import { rawCodec } from '../../codec/raw.ts'
import { type Case, sentBytes } from '../case.ts'
import { CaseArbitrary } from '../generate/case-arbitrary.ts'
import { arbitraryCase } from '../testing/arbitrary-case.ts'
import { rawBytes } from '../testing/message-kinds.ts'
import { isLeast, type Predicate, predicates } from '../testing/predicates.ts'
import { alone, awaitAll, end, pause, reset, send } from '../testing/steps.ts'
import { offsetOf } from './edits.ts'
import { digest, shrink } from './shrink.ts'

// Over a network each try is a conversation. Measured, with up to 2,000 data bytes a message: 6 to 101 tries, and 8 to 268
// inside fc.check, which starts again from the boldest candidate after each success.
const MOST_TRIES = 250
const STARTS = 6

describe.each(predicates)('a case with $name', (predicate) => {
  const { of, fails } = predicate

  it('shrinks to the smallest one', async () => {
    for (const start of startsOf(predicate)) {
      const { best, tries, cutShort } = await shrink(start, of.codec, anyCase, async (each) => fails(each), UNBOUNDED)
      expect(cutShort).toBe(false)
      expect(best).toSatisfy((subject: Case) => isLeast(predicate, subject))
      expect(tries).toBeLessThan(MOST_TRIES)
    }
  })
  it('shrinks so inside fc.check too', () => {
    for (const start of startsOf(predicate).slice(0, 4)) {
      const arbitrary = new CaseArbitrary(of.codec, () => start)
      let tries = 0
      const property = fc.property(arbitrary, (each) => {
        tries += 1
        return !fails(each)
      })
      const best = fc.check(property, { numRuns: 1 }).counterexample?.[0]
      expect(best).toSatisfy((subject: Case) => isLeast(predicate, subject))
      expect(tries).toBeLessThan(2 * MOST_TRIES)
    }
  })
})

describe('a budget', () => {
  const start = fc.sample(arbitraryCase(rawBytes(200).messages), { numRuns: 1, seed: 9 })[0] as Case

  it('of tries is kept, and the best of them is given', async () => {
    const tried: Case[] = []
    const fails = async (each: Case): Promise<boolean> => tried.push(each) % 2 === 0
    const { best, tries, cutShort } = await shrink(start, rawCodec(), anyCase, fails, { tries: 5, over: () => false })
    expect({ tries, cutShort, tried: tried.length }).toEqual({ tries: 5, cutShort: true, tried: 5 })
    expect(best).toBe(tried[3])
  })
  it('of time is kept: nothing is tried after its end', async () => {
    let tries = 0
    const fails = async (): Promise<boolean> => ++tries < 3
    const shrunk = await shrink(start, rawCodec(), anyCase, fails, { tries: 1000, over: () => tries >= 3 })
    expect(shrunk).toMatchObject({ tries: 3, cutShort: true })
  })
  it('that is over at the start gives back the start', async () => {
    const never = async (): Promise<boolean> => expect.fail('nothing may be tried')
    const shrunk = await shrink(start, rawCodec(), anyCase, never, { tries: 1000, over: () => true })
    expect(shrunk).toEqual({ best: start, tries: 0, cutShort: true })
  })
})

describe('what is tried', () => {
  const start = alone([send('abcdef'), awaitAll, pause(8), send('gh'), reset], [2, 4, 7])

  it('is never tried twice, and never the start', async () => {
    const tried: string[] = [digest(start)]
    const fails = async (each: Case): Promise<boolean> => tried.push(digest(each)) % 7 === 0
    await shrink(start, rawCodec(), anyCase, fails, UNBOUNDED)
    expect(new Set(tried).size).toBe(tried.length)
  })
  it('is only what the claim speaks of', async () => {
    const endsItself = ({ connections }: Case): boolean => connections[0]?.steps.at(-1)?.do === 'end'
    const tried: Case[] = []
    const fails = async (each: Case): Promise<boolean> => tried.push(each) > 0
    const { best } = await shrink(alone([send('abc'), pause(3), end]), rawCodec(), endsItself, fails, UNBOUNDED)
    expect(tried.every(endsItself)).toBe(true)
    expect(best).toEqual(alone([end]))
  })
})

it('what comes in parts is shrunk across the pauses between them', async () => {
  const isOver = (bytes: Uint8Array): boolean => bytes.length >= 4 && Buffer.from(bytes).readUInt32BE() > 1_048_576
  // Of a server that forgets what came before a pause, and refuses lengths over a limit.
  const fails = async ({ connections: [only] }: Case): Promise<boolean> => {
    const pausedAt = only?.steps.findIndex((step) => step.do === 'pause') ?? -1
    if (only === undefined || pausedAt === -1) return false
    return isOver(sentBytes(only)) !== isOver(sentBytes(only).subarray(offsetOf(only, pausedAt)))
  }
  const start = alone([send(Uint8Array.of(0, 0)), pause(8), send('aaaa'), awaitAll])
  const { best } = await shrink(start, frameCodec() as Codec<unknown>, anyCase, fails, UNBOUNDED)
  expect(sentBytes(best.connections[0]!)).toHaveLength(4)
})

it('digests tell every difference apart', () => {
  const different = [
    alone([send('ab')]),
    alone([send('a'), send('b')]),
    alone([send('ab')], [1]),
    alone([send('ab'), end]),
    alone([send('ab'), reset]),
    alone([send('ab'), awaitAll]),
    alone([send('ab'), pause(1)]),
    alone([send('ab'), pause(2)]),
    { ...alone([send('ab')]), turns: [0] },
    { ...alone([send('ab')]), turns: [0, 0] },
    { connections: [alone([send('ab')]), alone([end])].flatMap(({ connections }) => connections), turns: [] },
    alone([send('send 1;')]),
  ]
  expect(new Set(different.map(digest)).size).toBe(different.length)
})

const UNBOUNDED = { tries: 100_000, over: () => false }
const anyCase = (): boolean => true

function startsOf({ of, fails }: Predicate): Case[] {
  return fc.sample(arbitraryCase(of.messages).filter(fails), { numRuns: STARTS, seed: 5 })
}
